export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** Text that gives back the very bytes it was read from. */
export interface DecodedText {
  encoding: Encoding
  /** In UTF-8, a byte that belongs to no character stands as the lone surrogate U+DC00 + byte. */
  text: string
}

/**
 * Reads bytes as text without losing one of them.
 *
 * UTF-16 is told by its byte order mark or by its zeros; everything else is UTF-8, however broken.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = findEncoding(bytes)
  if (encoding === 'utf-8') return { encoding, text: decodeUtf8(bytes) }
  const units = Buffer.from(bytes)
  if (encoding === 'utf-16be') units.swap16()
  return { encoding, text: units.toString('utf16le') }
}

/** How many bytes a part of a decoded text takes in its file. */
export function countBytes(text: string, encoding: Encoding): number {
  if (encoding !== 'utf-8') return 2 * text.length
  const strayBytes = text.match(/[\uDC80-\uDCFF]/gu)?.length ?? 0
  // Buffer counts a lone surrogate as the three bytes of U+FFFD.
  return Buffer.byteLength(text) - 2 * strayBytes
}

/** ASCII long enough to be a command. In UTF-16, no text looks like that. */
const asciiRun = /[\t\n\r\x20-\x7e]{16}/

/** Tells UTF-16, unless there is ASCII in it: what is shown must be what would be read. */
function findEncoding(bytes: Uint8Array): Encoding {
  const claimed = bytes.length % 2 === 0 ? findUtf16(bytes) : undefined
  return claimed && !holdsAscii(bytes) ? claimed : 'utf-8'
}

/** Whether there is ASCII in bytes that a shell or an agent would read, whatever they claim to be. */
export function holdsAscii(bytes: Uint8Array): boolean {
  return asciiRun.test(Buffer.from(bytes).toString('latin1'))
}

function findUtf16(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const sample = [...bytes.subarray(0, 512)]
  const countZeros = (parity: number) =>
    sample.filter((byte, index) => byte === 0 && index % 2 === parity).length
  const [even, odd] = [countZeros(0), countZeros(1)]
  const most = 0.4 * sample.length
  if (odd > most && even === 0) return 'utf-16le'
  if (even > most && odd === 0) return 'utf-16be'
  return undefined
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return decodeBrokenUtf8(bytes)
  }
}

function decodeBrokenUtf8(bytes: Uint8Array): string {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: string[] = []
  let start = 0
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at)
    if (length === 0) {
      parts.push(source.toString('utf8', start, at))
      parts.push(String.fromCharCode(0xdc00 + (bytes[at] ?? 0)))
      start = at + 1
    }
    at += Math.max(1, length)
  }
  parts.push(source.toString('utf8', start))
  return parts.join('')
}

/** Lead bytes, the bounds of the byte that follows, and the length: the well-formed sequences of UTF-8. */
const sequences = [
  { from: 0x00, to: 0x7f, low: 0x00, high: 0xff, length: 1 },
  { from: 0xc2, to: 0xdf, low: 0x80, high: 0xbf, length: 2 },
  { from: 0xe0, to: 0xe0, low: 0xa0, high: 0xbf, length: 3 },
  { from: 0xed, to: 0xed, low: 0x80, high: 0x9f, length: 3 },
  { from: 0xe1, to: 0xef, low: 0x80, high: 0xbf, length: 3 },
  { from: 0xf0, to: 0xf0, low: 0x90, high: 0xbf, length: 4 },
  { from: 0xf1, to: 0xf3, low: 0x80, high: 0xbf, length: 4 },
  { from: 0xf4, to: 0xf4, low: 0x80, high: 0x8f, length: 4 },
]

/** The length of the well-formed sequence at `at`; 0 if there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  const sequence = sequences.find(({ from, to }) => from <= lead && lead <= to)
  if (!sequence) return 0
  if (sequence.length === 1) return 1
  const [second = 0, ...rest] = bytes.subarray(at + 1, at + sequence.length)
  const isWellFormed =
    rest.length === sequence.length - 2 &&
    sequence.low <= second &&
    second <= sequence.high &&
    rest.every((byte) => 0x80 <= byte && byte <= 0xbf)
  return isWellFormed ? sequence.length : 0
}
