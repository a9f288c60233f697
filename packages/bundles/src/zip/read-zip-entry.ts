import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import { limits } from '../intake/limits.ts'
import { quotePath, refuseBundle } from '../intake/refuse-bundle.ts'
import type { ByteSource } from './byte-source.ts'
import type { ZipEntry } from './list-zip-entries.ts'
import { methods } from './zip-records.ts'

/** Room that a packed file may take beyond its size: packing what cannot be packed adds a little. */
const packingOverheadMax = 64 << 10

/**
 * Unpacks one entry and makes sure that it is what the archive says of it: size, checksum, and not a
 * byte left over. Stops as soon as more comes out than was told, so a lie costs no memory.
 */
export async function readZipEntry(source: ByteSource, entry: ZipEntry): Promise<Uint8Array> {
  requireModest(entry)
  const packed = await source.read(entry.dataStart, entry.dataStart + entry.packedSize)
  const bytes = entry.method === methods.store ? packed : await inflate(packed, entry)
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc) {
    refuseBundle('zip_invalid', `${quotePath(entry.path)} is damaged.`)
  }
  return bytes
}

/** Refuses an entry that is too large, or packed too well, by its own account. */
export function requireModest({ path, size, packedSize }: ZipEntry): void {
  if (size > limits.ratioFreeBytes && size > packedSize * limits.ratioMax) {
    refuseBundle(
      'bad_ratio',
      `${quotePath(path)} unpacks to more than ${limits.ratioMax} times its packed size.`,
    )
  }
  if (Math.max(size, packedSize - packingOverheadMax) > limits.fileBytesMax) {
    refuseBundle('too_large', `${quotePath(path)} is larger than ${limits.fileBytesMax >> 20} MiB.`)
  }
}

/** What unpacks to so little is unpacked in one go: a stream costs many times what it streams. */
const smallBytesMax = 1 << 20
/** The smallest piece of memory that zlib unpacks into. */
const chunkBytesMin = 64

async function inflate(packed: Uint8Array, entry: ZipEntry): Promise<Uint8Array> {
  if (packed.length === 0) return packed
  const isSmall = Math.max(packed.length, entry.size) <= smallBytesMax
  const { bytes, bytesRead } = isSmall
    ? inflateSmall(packed, entry)
    : await inflateLarge(packed, entry)
  if (bytes.length > entry.size || bytesRead !== packed.length) refuseMore(entry)
  return bytes
}

interface Inflated {
  bytes: Uint8Array
  /** How many of the packed bytes that took. */
  bytesRead: number
}

/** Unpacks into one piece of memory of the size that is told: several would be copied together. */
function inflateSmall(packed: Uint8Array, entry: ZipEntry): Inflated {
  try {
    const room = entry.size + 1
    const options = { info: true, maxOutputLength: room, chunkSize: Math.max(room, chunkBytesMin) }
    const { buffer, engine } = inflateRawSync(packed, options) as unknown as {
      buffer: Buffer
      engine: { bytesWritten: number }
    }
    return { bytes: buffer, bytesRead: engine.bytesWritten }
  } catch (error) {
    if (error instanceof RangeError) refuseMore(entry)
    refuseBroken(entry, error)
  }
}

async function inflateLarge(packed: Uint8Array, entry: ZipEntry): Promise<Inflated> {
  const inflater = createInflateRaw()
  inflater.end(packed)
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of inflater) {
      length += chunk.length
      if (length > entry.size) break
      chunks.push(chunk)
    }
  } catch (error) {
    refuseBroken(entry, error)
  }
  if (length > entry.size) refuseMore(entry)
  return { bytes: Buffer.concat(chunks, length), bytesRead: inflater.bytesWritten }
}

function refuseMore({ path }: ZipEntry): never {
  refuseBundle('zip_invalid', `${quotePath(path)} holds more than the archive tells.`)
}

function refuseBroken({ path }: ZipEntry, error: unknown): never {
  refuseBundle('zip_invalid', `${quotePath(path)} cannot be unpacked.`, error)
}
