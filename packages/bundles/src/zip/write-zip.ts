import { extraIds, flagBits, marks, type methods, recordBytes, sentinels } from './zip-records.ts'

/** A file as a ZIP lists it. Its bytes follow its header without anything between. */
export interface ZipMember {
  path: string
  isExecutable: boolean
  method: (typeof methods)[keyof typeof methods]
  crc: number
  size: number
  packedSize: number
}

/** 2000-01-01 00:00:00, in the local time of whoever unpacks: no archive depends on a clock. */
const dosTime = 0
const dosDate = ((2000 - 1980) << 9) | (1 << 5) | 1

const madeByUnix = (3 << 8) | 45
const regularFile = 0o100_000

/** The header that stands in front of a file's bytes. */
export function encodeLocalHeader(member: ZipMember): Buffer {
  const name = Buffer.from(member.path)
  const header = Buffer.alloc(recordBytes.local)
  header.writeUInt32LE(marks.local, 0)
  writeShared(header, 4, member, name)
  return Buffer.concat([header, name])
}

/** Collects the directory of an archive while its files are written one after the other. */
export function createZipDirectory() {
  const records: Buffer[] = []
  let offset = 0

  return {
    /** Notes a file that is written next. */
    add(member: ZipMember): void {
      records.push(encodeCentralRecord(member, offset))
      offset += localSize(member)
    },
    /** What is written after the last file. */
    end(): Buffer {
      const directory = Buffer.concat(records)
      const place = { entries: records.length, start: offset, size: directory.length }
      return Buffer.concat([directory, encodeEnd(place)])
    },
  }
}

/** The bytes that a file and its header take up. */
export function localSize({ path, packedSize }: ZipMember): number {
  return recordBytes.local + Buffer.byteLength(path) + packedSize
}

/** The size of an archive of these files, known before one of them is read. */
export function zipSize(members: readonly ZipMember[]): number {
  const directory = createZipDirectory()
  for (const member of members) directory.add(member)
  return members.reduce((sum, member) => sum + localSize(member), directory.end().length)
}

/** The part that both headers of a file have in common. */
function writeShared(header: Buffer, at: number, member: ZipMember, name: Buffer): void {
  header.writeUInt16LE(20, at)
  header.writeUInt16LE(flagBits.isUtf8, at + 2)
  header.writeUInt16LE(member.method, at + 4)
  header.writeUInt16LE(dosTime, at + 6)
  header.writeUInt16LE(dosDate, at + 8)
  header.writeUInt32LE(member.crc, at + 10)
  header.writeUInt32LE(member.packedSize, at + 14)
  header.writeUInt32LE(member.size, at + 18)
  header.writeUInt16LE(name.length, at + 22)
}

function encodeCentralRecord(member: ZipMember, offset: number): Buffer {
  const name = Buffer.from(member.path)
  const isFar = offset >= sentinels.long
  const extra = isFar ? encodeFarOffset(offset) : Buffer.alloc(0)
  const header = Buffer.alloc(recordBytes.central)
  header.writeUInt32LE(marks.central, 0)
  header.writeUInt16LE(madeByUnix, 4)
  writeShared(header, 6, member, name)
  header.writeUInt16LE(extra.length, 30)
  const mode = regularFile | (member.isExecutable ? 0o755 : 0o644)
  header.writeUInt32LE(mode * 0x1_0000, 38)
  header.writeUInt32LE(isFar ? sentinels.long : offset, 42)
  return Buffer.concat([header, name, extra])
}

function encodeFarOffset(offset: number): Buffer {
  const extra = Buffer.alloc(12)
  extra.writeUInt16LE(extraIds.zip64, 0)
  extra.writeUInt16LE(8, 2)
  extra.writeBigUInt64LE(BigInt(offset), 4)
  return extra
}

interface Place {
  entries: number
  start: number
  size: number
}

function encodeEnd(place: Place): Buffer {
  const { entries, start, size } = place
  const isLarge = entries >= sentinels.short || start >= sentinels.long || size >= sentinels.long
  const end = Buffer.alloc(recordBytes.end)
  end.writeUInt32LE(marks.end, 0)
  end.writeUInt16LE(Math.min(entries, sentinels.short), 8)
  end.writeUInt16LE(Math.min(entries, sentinels.short), 10)
  end.writeUInt32LE(Math.min(size, sentinels.long), 12)
  end.writeUInt32LE(Math.min(start, sentinels.long), 16)
  return isLarge ? Buffer.concat([encodeEnd64(place), end]) : end
}

/** The 64 bit end, and the record by which it is found. */
function encodeEnd64({ entries, start, size }: Place): Buffer {
  const end = Buffer.alloc(recordBytes.end64)
  end.writeUInt32LE(marks.end64, 0)
  end.writeBigUInt64LE(BigInt(recordBytes.end64 - 12), 4)
  end.writeUInt16LE(madeByUnix, 12)
  end.writeUInt16LE(45, 14)
  end.writeBigUInt64LE(BigInt(entries), 24)
  end.writeBigUInt64LE(BigInt(entries), 32)
  end.writeBigUInt64LE(BigInt(size), 40)
  end.writeBigUInt64LE(BigInt(start), 48)
  const locator = Buffer.alloc(recordBytes.locator64)
  locator.writeUInt32LE(marks.locator64, 0)
  locator.writeBigUInt64LE(BigInt(start + size), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([end, locator])
}
