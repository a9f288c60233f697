import { isUtf8 } from 'node:buffer'
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'

/** How much of what one blob holds is looked at. */
export const blobBytesMax = 256 * 1024

/** How many more blobs may be tried as compressed ones. */
interface Tries {
  inflations: number
}

/** Text is what people can read; compressed bytes are opened first; anything else was no encoding. */
export function readDecoded(
  bytes: Uint8Array,
  left: Tries,
): { text: string; chain: string[] } | undefined {
  const inflated = inflate(bytes, left)
  const text = readText(inflated?.bytes ?? bytes)
  if (text === undefined) return undefined
  return { text, chain: inflated ? [inflated.name] : [] }
}

function inflate(bytes: Uint8Array, left: Tries): { bytes: Uint8Array; name: string } | undefined {
  const options = { maxOutputLength: blobBytesMax }
  const attempts: [string, boolean, () => Uint8Array][] = [
    ['gzip', bytes[0] === 0x1f && bytes[1] === 0x8b, () => gunzipSync(bytes, options)],
    ['zlib', bytes[0] === 0x78, () => inflateSync(bytes, options)],
    ['deflate', mayBeDeflate(bytes), () => inflateRawSync(bytes, options)],
  ]
  for (const [name, fits, attempt] of attempts) {
    if (!fits) continue
    left.inflations -= 1
    try {
      return { bytes: attempt(), name }
    } catch {
      // Not compressed after all.
    }
  }
  return undefined
}

/** Whether a stream of deflate may begin so: its first bits name a kind of block that there is. */
function mayBeDeflate(bytes: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = bytes
  if (bytes.length <= 24 || first <= 0x7f) return false
  const kind = (first >> 1) & 3
  if (kind === 0) return (second ^ fourth) === 0xff && (third ^ fifth) === 0xff
  return kind === 1 || (kind === 2 && first >> 3 <= 29 && (second & 31) <= 29)
}

const utf8 = new TextDecoder('utf-8')
const utf16 = new TextDecoder('utf-16le')

function readText(bytes: Uint8Array): string | undefined {
  if (bytes.length < 6) return undefined
  const text = isUtf16(bytes) ? utf16.decode(bytes) : decodeUtf8(bytes)
  return text !== undefined && isReadable(text) ? text : undefined
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? utf8.decode(bytes) : undefined
}

function isUtf16(bytes: Uint8Array): boolean {
  let zeros = 0
  for (let index = 1; index < Math.min(bytes.length, 64); index += 2)
    if (bytes[index] === 0) zeros += 1
  return zeros >= Math.min(bytes.length, 64) / 2 - 1
}

/** Whether nearly all of a text's first part is printable, and some of it letters. */
function isReadable(text: string): boolean {
  const head = text.slice(0, 400)
  const printable = head.match(/[\p{L}\p{N}\p{P}\p{S}\s]/gu)?.length ?? 0
  const letters = head.match(/[a-z]/gi)?.length ?? 0
  return printable >= head.length * 0.95 && letters >= head.length * 0.25
}
