/** One way to write bytes as text. */
export interface Codec {
  name: string
  /** Finds candidates: a backtrack-free run of the codec's own alphabet. */
  candidates: RegExp
  /**
   * What every candidate holds: a text without it has none. Where it is left out, candidates are part of
   * a long run of letters and digits, and sought in nothing else.
   */
  mark?: string
  decode(blob: string): Uint8Array | undefined
}

/** Every encoding that is looked for, in the order in which they are tried. */
export const codecs: readonly Codec[] = [
  {
    name: 'base64',
    candidates: /[A-Za-z0-9+/_-]{20,}={0,2}/g,
    decode: decodeBase64,
  },
  { name: 'base32', candidates: /\b[A-Z2-7]{24,}={0,6}/g, decode: decodeBase32 },
  {
    name: 'hex',
    candidates: /\b(?:[0-9a-fA-F]{2}){12,}\b/g,
    decode: (blob) => Buffer.from(blob, 'hex'),
  },
  {
    name: 'escapes',
    candidates: /(?:\\x[0-9a-fA-F]{2}|\\u\{?[0-9a-fA-F]{4}\}?|\\[0-7]{3}){6,}/g,
    mark: '\\',
    decode: decodeEscapes,
  },
  {
    name: 'percent',
    candidates: /(?:%[0-9a-fA-F]{2}){6,}/g,
    mark: '%',
    decode: (blob) => Buffer.from(blob.replaceAll('%', ''), 'hex'),
  },
  {
    name: 'character codes',
    candidates: /(?:(?:0x[0-9a-fA-F]{2,4}|\d{2,3})\s?,\s?){11,}(?:0x[0-9a-fA-F]{2,4}|\d{2,3})/g,
    mark: ',',
    decode: decodeCharCodes,
  },
]

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
