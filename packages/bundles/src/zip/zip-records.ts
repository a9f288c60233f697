import { refuseBundle } from '../intake/refuse-bundle.ts'

/** The records that a ZIP is made of, and the marks they begin with. */
export const marks = {
  local: 0x0403_4b50,
  descriptor: 0x0807_4b50,
  central: 0x0201_4b50,
  end: 0x0605_4b50,
  end64: 0x0606_4b50,
  locator64: 0x0706_4b50,
} as const

export const recordBytes = { local: 30, central: 46, end: 22, end64: 56, locator64: 20 } as const

export const methods = { store: 0, deflate: 8 } as const

/** Bits of the flags that say something about how an entry is read. */
export const flagBits = {
  encrypted: 0x0001,
  hasDescriptor: 0x0008,
  isPatch: 0x0020,
  isStronglyEncrypted: 0x0040,
  isUtf8: 0x0800,
  isMasked: 0x2000,
} as const

/** What a 16 or 32 bit field holds when the value stands in a ZIP64 record. */
export const sentinels = { short: 0xffff, long: 0xffff_ffff } as const

export const extraIds = { zip64: 0x0001, unicodePath: 0x7075 } as const

/** An entry's part of the central directory, with the 64 bit values already in place. */
export interface CentralRecord {
  madeBy: number
  flags: number
  method: number
  crc: number
  packedSize: number
  size: number
  externalAttributes: number
  headerStart: number
  rawName: Buffer
  extra: Buffer
}

/** The header in front of an entry's bytes. The sizes are as written: often zero, or a sentinel. */
export interface LocalRecord {
  flags: number
  method: number
  crc: number
  packedSize: number
  size: number
  rawName: Buffer
  extra: Buffer
  dataStart: number
}

/** Finds a field of an extra area. Throws `zip_invalid` where a field reaches past the area. */
export function findExtra(extra: Buffer, id: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2)
    if (end > extra.length) refuseBundle('zip_invalid', 'An extra field of an entry is cut off.')
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, end)
    at = end
  }
  return undefined
}

/** A 64 bit value that has to be an ordinary number; anything larger becomes infinite. */
export function readLong64(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at)
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.POSITIVE_INFINITY : Number(value)
}
