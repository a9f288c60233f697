import { refuseBundle } from '../intake/refuse-bundle.ts'
import type { ByteSource } from './byte-source.ts'
import { marks, readLong64, recordBytes, sentinels } from './zip-records.ts'

/** Where an archive keeps its central directory, and how many entries that says it lists. */
export interface DirectoryPlace {
  start: number
  end: number
  entries: number
}

const commentBytesMax = 0xffff

/**
 * Finds the central directory of an archive. Throws `zip_invalid` if there is none, if there may be
 * two, or if anything but the archive's own end follows it.
 */
export async function findDirectory(source: ByteSource): Promise<DirectoryPlace> {
  const tailStart = Math.max(
    0,
    source.size - recordBytes.end - commentBytesMax - recordBytes.locator64 - recordBytes.end64,
  )
  const tail = Buffer.from(await source.read(tailStart, source.size))
  const endAt = findEnd(tail)
  const end = readEnd(tail, endAt)
  const end64 = await readEnd64(source, tail, tailStart, endAt)
  const place = end64 ? reconcile(end, end64) : end
  const directoryEnd = place.start + place.size
  if (directoryEnd !== (end64?.at ?? tailStart + endAt)) {
    refuseBundle('zip_invalid', 'The directory of the archive is not where its end says it is.')
  }
  return { start: place.start, end: directoryEnd, entries: place.entries }
}

/** The only place whose comment reaches to the end of the file: two of them are two archives in one. */
function findEnd(tail: Buffer): number {
  const found: number[] = []
  for (let at = 0; at + recordBytes.end <= tail.length; at += 1) {
    at = tail.indexOf('PK\x05\x06', at, 'latin1')
    if (at === -1 || at + recordBytes.end > tail.length) break
    if (at + recordBytes.end + tail.readUInt16LE(at + 20) === tail.length) found.push(at)
  }
  const [first, second] = found
  if (first === undefined) {
    refuseBundle('zip_invalid', 'The file is not a ZIP archive, or its end is missing.')
  }
  if (second !== undefined) {
    refuseBundle('zip_invalid', 'The archive has two ends: readers would not agree on its content.')
  }
  return first
}

function readEnd(tail: Buffer, at: number) {
  const disks = [tail.readUInt16LE(at + 4), tail.readUInt16LE(at + 6)]
  const entries = tail.readUInt16LE(at + 10)
  const isSplit = disks.some((disk) => disk !== 0 && disk !== sentinels.short)
  if (isSplit || tail.readUInt16LE(at + 8) !== entries) {
    refuseBundle('unsupported_zip', 'The archive is one part of several.')
  }
  return { entries, size: tail.readUInt32LE(at + 12), start: tail.readUInt32LE(at + 16) }
}

/** The record of the 64 bit form, where the archive has one. */
async function readEnd64(source: ByteSource, tail: Buffer, tailStart: number, endAt: number) {
  const locatorAt = endAt - recordBytes.locator64
  if (locatorAt < 0 || tail.readUInt32LE(locatorAt) !== marks.locator64) return undefined
  const at = readLong64(tail, locatorAt + 8)
  if (at + recordBytes.end64 !== tailStart + locatorAt) refuseEnd64()
  const record = Buffer.from(await source.read(at, at + recordBytes.end64))
  const isPlain =
    record.readUInt32LE(0) === marks.end64 &&
    readLong64(record, 4) === recordBytes.end64 - 12 &&
    record.readUInt32LE(16) === 0 &&
    record.readUInt32LE(20) === 0 &&
    readLong64(record, 24) === readLong64(record, 32)
  if (!isPlain) refuseEnd64()
  return {
    at,
    entries: readLong64(record, 32),
    size: readLong64(record, 40),
    start: readLong64(record, 48),
  }
}

type End = ReturnType<typeof readEnd>

/** Takes the 64 bit values, once it is sure that the short ones say the same or nothing. */
function reconcile(end: End, end64: End): End {
  const agrees = (short: number, sentinel: number, long: number) =>
    short === sentinel || short === long
  const isSame =
    agrees(end.entries, sentinels.short, end64.entries) &&
    agrees(end.size, sentinels.long, end64.size) &&
    agrees(end.start, sentinels.long, end64.start)
  if (!isSame) refuseEnd64()
  return end64
}

function refuseEnd64(): never {
  refuseBundle('zip_invalid', 'The two ends of the archive (ZIP and ZIP64) do not agree.')
}
