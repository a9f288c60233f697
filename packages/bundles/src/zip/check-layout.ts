import { refuseBundle } from '../intake/refuse-bundle.ts'
import type { ByteSource } from './byte-source.ts'
import {
  type CentralRecord,
  extraIds,
  findExtra,
  flagBits,
  type LocalRecord,
  marks,
  readLong64,
  recordBytes,
  sentinels,
} from './zip-records.ts'

/** Flags that have to be the same in both headers of an entry: what is read depends on them. */
const sharedFlags = flagBits.encrypted | flagBits.hasDescriptor | flagBits.isUtf8

/**
 * Finds where the bytes of each entry begin, and makes sure that the entries fill the archive from its
 * first byte to the directory: nothing in front, between, behind, or twice.
 */
export async function locateEntries(
  source: ByteSource,
  records: readonly CentralRecord[],
  directoryStart: number,
): Promise<Map<CentralRecord, number>> {
  const inOrder = records.toSorted((a, b) => a.headerStart - b.headerStart)
  const starts = new Map<CentralRecord, number>()
  let expected = 0
  for (const [index, record] of inOrder.entries()) {
    if (record.headerStart !== expected) refuseGap(record.headerStart < expected)
    const next = inOrder[index + 1]?.headerStart ?? directoryStart
    const local = await readLocal(source, record, directoryStart)
    const dataEnd = local.dataStart + record.packedSize
    if (dataEnd > next || next > directoryStart) refuseGap(true)
    const trailer = Buffer.from(await source.read(dataEnd, Math.min(next, dataEnd + 25)))
    requireAgreement(record, local, trailer)
    starts.set(record, local.dataStart)
    expected = next
  }
  if (expected !== directoryStart) refuseGap(false)
  return starts
}

function refuseGap(isOverlap: boolean): never {
  const detail = isOverlap
    ? 'Entries of the archive overlap.'
    : 'The archive has bytes that belong to no entry.'
  refuseBundle('zip_invalid', detail)
}

function refuseLocal(): never {
  refuseBundle('zip_invalid', 'The headers of an entry do not agree on what it is.')
}

async function readLocal(
  source: ByteSource,
  record: CentralRecord,
  directoryStart: number,
): Promise<LocalRecord> {
  const start = record.headerStart
  const nameStart = start + recordBytes.local
  if (nameStart + record.rawName.length > directoryStart) refuseLocal()
  const header = Buffer.from(await source.read(start, nameStart + record.rawName.length))
  const nameLength = header.readUInt16LE(26)
  if (header.readUInt32LE(0) !== marks.local || nameLength !== record.rawName.length) refuseLocal()
  const extraStart = nameStart + nameLength
  const dataStart = extraStart + header.readUInt16LE(28)
  if (dataStart > directoryStart) refuseLocal()
  return {
    flags: header.readUInt16LE(6),
    method: header.readUInt16LE(8),
    crc: header.readUInt32LE(14),
    packedSize: header.readUInt32LE(18),
    size: header.readUInt32LE(22),
    rawName: header.subarray(recordBytes.local),
    extra: Buffer.from(await source.read(extraStart, dataStart)),
    dataStart,
  }
}

/** Makes sure that the directory, the header in front and the descriptor behind tell one story. */
function requireAgreement(record: CentralRecord, local: LocalRecord, trailer: Buffer): void {
  const isSameEntry =
    local.rawName.equals(record.rawName) &&
    local.method === record.method &&
    (local.flags & sharedFlags) === (record.flags & sharedFlags)
  if (!isSameEntry) refuseLocal()
  if ((record.flags & flagBits.hasDescriptor) === 0) {
    if (!agreesOnSizes(local, record, false)) refuseLocal()
    if (trailer.length > 0) refuseGap(false)
    return
  }
  if (!agreesOnSizes(local, record, true) || !isDescriptorOf(record, trailer)) refuseLocal()
}

/** With a descriptor behind the bytes, the header in front of them may still leave the values open. */
function agreesOnSizes(local: LocalRecord, record: CentralRecord, mayBeOpen: boolean): boolean {
  const wide = findExtra(local.extra, extraIds.zip64)
  const isWide = local.size === sentinels.long || local.packedSize === sentinels.long
  if (isWide && (!wide || wide.length < 16)) return false
  const size = isWide && wide ? readLong64(wide, 0) : local.size
  const packedSize = isWide && wide ? readLong64(wide, 8) : local.packedSize
  const fits = (value: number, told: number) => value === told || (mayBeOpen && value === 0)
  return (
    fits(local.crc, record.crc) && fits(size, record.size) && fits(packedSize, record.packedSize)
  )
}

/** A descriptor begins with a mark or not, and holds sizes of 32 or of 64 bits: four forms in all. */
function isDescriptorOf(record: CentralRecord, trailer: Buffer): boolean {
  const hasMark = trailer.length === 16 || trailer.length === 24
  if (!hasMark && trailer.length !== 12 && trailer.length !== 20) return false
  if (hasMark && trailer.readUInt32LE(0) !== marks.descriptor) return false
  const fields = trailer.subarray(hasMark ? 4 : 0)
  const isLong = fields.length === 20
  const packedSize = isLong ? readLong64(fields, 4) : fields.readUInt32LE(4)
  const size = isLong ? readLong64(fields, 12) : fields.readUInt32LE(8)
  return (
    fields.readUInt32LE(0) === record.crc &&
    packedSize === record.packedSize &&
    size === record.size
  )
}
