import { crc32, deflateRawSync } from 'node:zlib'

/** The fields of a header that a test may lie about. */
interface Told {
  name: string | Buffer
  flags: number
  method: number
  crc: number
  packedSize: number
  size: number
}

export interface RawEntry {
  name: string | Buffer
  data?: string | Uint8Array
  /** Bytes to store in place of what `data` packs to. */
  packed?: Uint8Array
  method?: number
  mode?: number
  /** Which system the archiver says it ran on: 3 is Unix. */
  host?: number
  flags?: number
  /** What only the header in front of the bytes says. */
  local?: Partial<Told>
  /** What only the central directory says. */
  central?: Partial<Told> & { headerStart?: number }
  /** Writes the sizes behind the bytes, in 32 or 64 bits. */
  descriptor?: 32 | 64 | undefined
  /** Writes the sizes in 64 bit fields: in the header in front, in the directory, or in both. */
  zip64?: 'local' | 'central' | 'both' | undefined
  extra?: Buffer
  /** Bytes between this entry and the next. */
  gap?: Uint8Array
}

export interface ZipOptions {
  prefix?: Uint8Array
  suffix?: Uint8Array
  comment?: string | Buffer
  /** How many entries the end says there are. */
  count?: number
  zip64?: boolean
  /** Changes to the 64 bit end: what it says against the truth. */
  end64?: Partial<Record<'count' | 'size' | 'start', bigint>>
}

/** An archive of ordinary files. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  return buildZip(Object.entries(files).map(([name, data]) => ({ name, data })))
}

/** An archive in which everything can be wrong. */
export function buildZip(entries: readonly RawEntry[], options: ZipOptions = {}): Buffer {
  const parts: Buffer[] = [Buffer.from(options.prefix ?? [])]
  const directory: Buffer[] = []
  let offset = parts[0]?.length ?? 0
  for (const entry of entries) {
    const written = writeEntry(entry, offset)
    parts.push(written.body)
    directory.push(written.record)
    offset += written.body.length
  }
  const central = Buffer.concat(directory)
  const place = { count: options.count ?? entries.length, size: central.length, start: offset }
  const end = options.zip64
    ? Buffer.concat([end64(place, options.end64 ?? {}), endOf(maxed, options.comment)])
    : endOf(place, options.comment)
  return Buffer.concat([...parts, central, end, Buffer.from(options.suffix ?? [])])
}

const maxed = { count: 0xffff, size: 0xffff_ffff, start: 0xffff_ffff }

function writeEntry(entry: RawEntry, offset: number): { body: Buffer; record: Buffer } {
  const truth = describe(entry)
  const open = entry.descriptor ? { crc: 0, size: 0, packedSize: 0 } : {}
  const local = { ...truth.told, ...open, ...entry.local }
  const central = { ...truth.told, ...entry.central }
  const isWideLocal = entry.zip64 === 'local' || entry.zip64 === 'both'
  const isWideCentral = entry.zip64 === 'central' || entry.zip64 === 'both'
  const body = Buffer.concat([
    header(0x0403_4b50, local, entry, isWideLocal),
    truth.packed,
    entry.descriptor ? descriptorOf(truth.told, entry.descriptor) : Buffer.alloc(0),
    Buffer.from(entry.gap ?? []),
  ])
  const start = entry.central?.headerStart ?? offset
  return { body, record: centralRecord(central, entry, isWideCentral, start) }
}

function describe(entry: RawEntry) {
  const data = Buffer.from(entry.data ?? '')
  const isFolder = String(entry.name).endsWith('/')
  const method = entry.method ?? (isFolder || data.length === 0 ? 0 : 8)
  const packed = Buffer.from(entry.packed ?? (method === 8 ? deflateRawSync(data) : data))
  const flags = (entry.flags ?? 0x800) | (entry.descriptor ? 8 : 0)
  const { name } = entry
  const sizes = { crc: crc32(data), size: data.length, packedSize: packed.length }
  return { packed, told: { name, flags, method, ...sizes } satisfies Told }
}

function header(mark: number, told: Told, { extra }: RawEntry, isWide: boolean): Buffer {
  const name = Buffer.from(told.name as string)
  const fields = isWide ? wideExtra([told.size, told.packedSize]) : Buffer.alloc(0)
  const extras = Buffer.concat([fields, extra ?? Buffer.alloc(0)])
  const bytes = Buffer.alloc(30)
  bytes.writeUInt32LE(mark, 0)
  writeTold(bytes, 4, told, isWide)
  bytes.writeUInt16LE(name.length, 26)
  bytes.writeUInt16LE(extras.length, 28)
  return Buffer.concat([bytes, name, extras])
}

function centralRecord(told: Told, entry: RawEntry, isWide: boolean, start: number): Buffer {
  const name = Buffer.from(told.name as string)
  const fields = isWide ? wideExtra([told.size, told.packedSize, start]) : Buffer.alloc(0)
  const extras = Buffer.concat([fields, entry.extra ?? Buffer.alloc(0)])
  const isFolder = String(entry.name).endsWith('/')
  const mode = entry.mode ?? (isFolder ? 0o040755 : 0o100644)
  const bytes = Buffer.alloc(46)
  bytes.writeUInt32LE(0x0201_4b50, 0)
  bytes.writeUInt16LE(((entry.host ?? 3) << 8) | 20, 4)
  writeTold(bytes, 6, told, isWide)
  bytes.writeUInt16LE(name.length, 28)
  bytes.writeUInt16LE(extras.length, 30)
  bytes.writeUInt32LE((mode * 0x1_0000 + (isFolder ? 16 : 0)) >>> 0, 38)
  bytes.writeUInt32LE(isWide ? 0xffff_ffff : start, 42)
  return Buffer.concat([bytes, name, extras])
}

function writeTold(bytes: Buffer, at: number, told: Told, isWide: boolean): void {
  bytes.writeUInt16LE(isWide ? 45 : 20, at)
  bytes.writeUInt16LE(told.flags, at + 2)
  bytes.writeUInt16LE(told.method, at + 4)
  bytes.writeUInt32LE(0x5a21_0000, at + 6)
  bytes.writeUInt32LE(told.crc, at + 10)
  bytes.writeUInt32LE(isWide ? 0xffff_ffff : told.packedSize, at + 14)
  bytes.writeUInt32LE(isWide ? 0xffff_ffff : told.size, at + 18)
}

function wideExtra(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + values.length * 8)
  bytes.writeUInt16LE(1, 0)
  bytes.writeUInt16LE(values.length * 8, 2)
  for (const [index, value] of values.entries()) {
    bytes.writeBigUInt64LE(BigInt(value), 4 + index * 8)
  }
  return bytes
}

function descriptorOf(told: Told, bits: 32 | 64): Buffer {
  const bytes = Buffer.alloc(bits === 64 ? 24 : 16)
  bytes.writeUInt32LE(0x0807_4b50, 0)
  bytes.writeUInt32LE(told.crc, 4)
  if (bits === 64) {
    bytes.writeBigUInt64LE(BigInt(told.packedSize), 8)
    bytes.writeBigUInt64LE(BigInt(told.size), 16)
  } else {
    bytes.writeUInt32LE(told.packedSize, 8)
    bytes.writeUInt32LE(told.size, 12)
  }
  return bytes
}

function endOf({ count, size, start }: typeof maxed, comment: string | Buffer = ''): Buffer {
  const text = Buffer.from(comment as string)
  const bytes = Buffer.alloc(22)
  bytes.writeUInt32LE(0x0605_4b50, 0)
  bytes.writeUInt16LE(count & 0xffff, 8)
  bytes.writeUInt16LE(count & 0xffff, 10)
  bytes.writeUInt32LE(size, 12)
  bytes.writeUInt32LE(start, 16)
  bytes.writeUInt16LE(text.length, 20)
  return Buffer.concat([bytes, text])
}

function end64(place: typeof maxed, lies: NonNullable<ZipOptions['end64']>): Buffer {
  const told = {
    count: lies.count ?? BigInt(place.count),
    size: lies.size ?? BigInt(place.size),
    start: lies.start ?? BigInt(place.start),
  }
  const bytes = Buffer.alloc(56 + 20)
  bytes.writeUInt32LE(0x0606_4b50, 0)
  bytes.writeBigUInt64LE(44n, 4)
  bytes.writeUInt16LE(45, 12)
  bytes.writeUInt16LE(45, 14)
  bytes.writeBigUInt64LE(told.count, 24)
  bytes.writeBigUInt64LE(told.count, 32)
  bytes.writeBigUInt64LE(told.size, 40)
  bytes.writeBigUInt64LE(told.start, 48)
  bytes.writeUInt32LE(0x0706_4b50, 56)
  bytes.writeBigUInt64LE(BigInt(place.start + place.size), 64)
  bytes.writeUInt32LE(1, 72)
  return bytes
}
