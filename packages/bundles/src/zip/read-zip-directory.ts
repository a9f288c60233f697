import { refuseBundle } from '../intake/refuse-bundle.ts'
import type { ByteSource } from './byte-source.ts'
import { findDirectory } from './find-directory.ts'
import {
  type CentralRecord,
  extraIds,
  findExtra,
  marks,
  readLong64,
  recordBytes,
  sentinels,
} from './zip-records.ts'

/** The central directory of an archive: what it says is in it, and nothing that was looked at. */
export interface ZipDirectory {
  records: CentralRecord[]
  /** Where the directory begins, and so where the entries have to end. */
  start: number
}

/** Names, extra fields and comments may be long, but not so long that reading them is work. */
const directoryBytesMax = 8 << 20

/** Reads the central directory of an archive. Throws `zip_invalid` where it is not whole. */
export async function readZipDirectory(
  source: ByteSource,
  entriesMax: number,
): Promise<ZipDirectory> {
  const { start, end, entries } = await findDirectory(source)
  if (entries > entriesMax) {
    refuseBundle('too_many_entries', `The archive has more than ${entriesMax} entries.`)
  }
  if (end - start > directoryBytesMax) {
    refuseBundle('too_large', 'The directory of the archive is too large.')
  }
  const directory = Buffer.from(await source.read(start, end))
  const records: CentralRecord[] = []
  let at = 0
  while (records.length < entries) {
    const next = readRecord(directory, at)
    records.push(next.record)
    at = next.end
  }
  if (at !== directory.length) {
    refuseBundle('zip_invalid', 'The archive lists more than it says it does.')
  }
  return { records, start }
}

function readRecord(directory: Buffer, at: number): { record: CentralRecord; end: number } {
  const nameStart = at + recordBytes.central
  if (nameStart > directory.length || directory.readUInt32LE(at) !== marks.central) refuseRecord()
  const nameEnd = nameStart + directory.readUInt16LE(at + 28)
  const extraEnd = nameEnd + directory.readUInt16LE(at + 30)
  const end = extraEnd + directory.readUInt16LE(at + 32)
  if (end > directory.length) refuseRecord()
  const disk = directory.readUInt16LE(at + 34)
  if (disk !== 0 && disk !== sentinels.short) refuseRecord()
  const record = {
    madeBy: directory.readUInt16LE(at + 4),
    flags: directory.readUInt16LE(at + 8),
    method: directory.readUInt16LE(at + 10),
    crc: directory.readUInt32LE(at + 16),
    packedSize: directory.readUInt32LE(at + 20),
    size: directory.readUInt32LE(at + 24),
    externalAttributes: directory.readUInt32LE(at + 38),
    headerStart: directory.readUInt32LE(at + 42),
    rawName: directory.subarray(nameStart, nameEnd),
    extra: directory.subarray(nameEnd, extraEnd),
  }
  return { record: widen(record), end }
}

/** Puts the 64 bit values in the place of the sentinels that stand for them, in the order of the format. */
function widen(record: CentralRecord): CentralRecord {
  const names = (['size', 'packedSize', 'headerStart'] as const).filter(
    (name) => record[name] === sentinels.long,
  )
  if (names.length === 0) return record
  const field = findExtra(record.extra, extraIds.zip64)
  if (!field || field.length < names.length * 8) refuseRecord()
  const wide = Object.fromEntries(names.map((name, index) => [name, readLong64(field, index * 8)]))
  return { ...record, ...wide }
}

function refuseRecord(): never {
  refuseBundle('zip_invalid', 'The directory of the archive is damaged.')
}
