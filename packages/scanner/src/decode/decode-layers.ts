import { isUtf8 } from 'node:buffer'
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { findRuns, type Run } from './find-runs.ts'

/** How deep, and how much, is decoded. What stays encoded beyond that is told, not forgotten. */
const depthMax = 4
const blobBytesMax = 256 * 1024
const blobsMax = 64
const decodedBytesMax = 2 * 1024 * 1024
/** How many blobs of one text are tried as bare deflate, which has no mark to be known by. */
const inflationsMax = 4_000

export interface DecodedText {
  text: string
  /** From the outside in. */
  chain: readonly string[]
  /** Where the outermost encoding began. */
  offset: number
}

export interface Decoded {
  texts: DecodedText[]
  /** Whether a bound left something undecoded. */
  isCutShort: boolean
}

interface Codec {
  name: string
  /** Finds candidates: a backtrack-free run of the codec's own alphabet. */
  candidates: RegExp
  /** Whether candidates are part of a run of letters and digits, and sought in nothing else. */
  isInRun?: boolean
  decode(blob: string): Uint8Array | undefined
}

/** Decodes what is encoded in a text, and what is encoded in that, until nothing more comes out. */
export function decodeLayers(text: string): Decoded {
  const budget: Allowance = {
    blobs: blobsMax,
    bytes: decodedBytesMax,
    inflations: inflationsMax,
    isCutShort: false,
  }
  const texts: DecodedText[] = []
  const visit = (source: string, chain: readonly string[], offset: number | undefined): void => {
    if (chain.length >= depthMax) return
    for (const found of decodeOnce(source, budget)) {
      const next = { ...found, chain: [...chain, ...found.chain], offset: offset ?? found.offset }
      texts.push(next)
      visit(next.text, next.chain, next.offset)
    }
  }
  visit(text, [], undefined)
  return { texts, isCutShort: budget.isCutShort }
}

interface Allowance {
  blobs: number
  bytes: number
  inflations: number
  isCutShort: boolean
}

function* decodeOnce(text: string, left: Allowance): Generator<DecodedText> {
  for (const { codec, blob, offset } of candidatesIn(text)) {
    left.isCutShort ||= left.blobs <= 0 || left.bytes <= 0 || left.inflations <= 0
    if (left.isCutShort) return
    const read = decodeBlob(codec, blob, left)
    if (!read) continue
    left.blobs -= 1
    left.bytes -= read.text.length
    yield { ...read, offset }
  }
}

/** Everything in a text that may be encoded, by one codec after the other. */
function* candidatesIn(text: string) {
  const runs = findRuns(text)
  const whole: Run[] = [{ from: 0, text }]
  for (const codec of codecs)
    for (const run of codec.isInRun ? runs : whole)
      for (const match of run.text.matchAll(codec.candidates))
        yield { codec, blob: match[0], offset: run.from + match.index }
}

function decodeBlob(
  codec: Codec,
  blob: string,
  left: Allowance,
): Omit<DecodedText, 'offset'> | undefined {
  const bytes = codec.decode(blob.slice(0, blobBytesMax))
  const read = bytes && readDecoded(bytes, left)
  return read && { text: read.text, chain: [codec.name, ...read.chain] }
}

/** Text is what people can read; compressed bytes are opened first; anything else was no encoding. */
function readDecoded(
  bytes: Uint8Array,
  left: Allowance,
): { text: string; chain: string[] } | undefined {
  const inflated = inflate(bytes, left)
  const text = readText(inflated?.bytes ?? bytes)
  if (text === undefined) return undefined
  return { text, chain: inflated ? [inflated.name] : [] }
}

function inflate(
  bytes: Uint8Array,
  left: Allowance,
): { bytes: Uint8Array; name: string } | undefined {
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

function decodeBase64(blob: string): Uint8Array | undefined {
  const clean = blob.replaceAll('-', '+').replaceAll('_', '/')
  if (/^[0-9a-f]+$/i.test(clean) || /^[a-z+/]+$/i.test(clean.slice(0, 60))) return undefined
  return Buffer.from(clean, 'base64')
}

function decodeEscapes(blob: string): Uint8Array {
  const text = blob.replace(
    /\\x([0-9a-f]{2})|\\u\{?([0-9a-f]{4,6})\}?|\\([0-7]{3})/gi,
    (_, hex, unicode, octal) =>
      String.fromCodePoint(
        Math.min(0x10ffff, octal ? Number.parseInt(octal, 8) : Number.parseInt(hex ?? unicode, 16)),
      ),
  )
  return Buffer.from(text)
}

function decodeCharCodes(blob: string): Uint8Array {
  const codes = [...blob.matchAll(/0x([0-9a-f]{2,4})|(\d{2,5})/gi)].map(([, hex, decimal]) =>
    hex ? Number.parseInt(hex, 16) : Number(decimal),
  )
  return Buffer.from(String.fromCharCode(...codes.slice(0, 8_192)))
}

function decodeBase32(blob: string): Uint8Array | undefined {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  if (!/[2-7]/.test(blob) || !/[A-Z]/.test(blob)) return undefined
  const bytes: number[] = []
  let buffer = 0
  let bits = 0
  for (const character of blob.replaceAll('=', '')) {
    buffer = ((buffer << 5) | alphabet.indexOf(character)) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((buffer >> bits) & 0xff)
    }
  }
  return Uint8Array.from(bytes)
}

const codecs: readonly Codec[] = [
  {
    name: 'base64',
    candidates: /[A-Za-z0-9+/_-]{20,}={0,2}/g,
    isInRun: true,
    decode: decodeBase64,
  },
  { name: 'base32', candidates: /\b[A-Z2-7]{24,}={0,6}/g, isInRun: true, decode: decodeBase32 },
  {
    name: 'hex',
    candidates: /\b(?:[0-9a-fA-F]{2}){12,}\b/g,
    isInRun: true,
    decode: (blob) => Buffer.from(blob, 'hex'),
  },
  {
    name: 'escapes',
    candidates: /(?:\\x[0-9a-fA-F]{2}|\\u\{?[0-9a-fA-F]{4}\}?|\\[0-7]{3}){6,}/g,
    decode: decodeEscapes,
  },
  {
    name: 'percent',
    candidates: /(?:%[0-9a-fA-F]{2}){6,}/g,
    decode: (blob) => Buffer.from(blob.replaceAll('%', ''), 'hex'),
  },
  {
    name: 'character codes',
    candidates: /(?:(?:0x[0-9a-fA-F]{2,4}|\d{2,3})\s?,\s?){11,}(?:0x[0-9a-fA-F]{2,4}|\d{2,3})/g,
    decode: decodeCharCodes,
  },
]
