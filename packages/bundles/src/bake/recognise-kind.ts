import { isUtf8 } from 'node:buffer'
import type { FileKind } from '@countersign/core/store/file-tree'

/** How files of a kind begin: marks, each with the place where it stands. */
const signatures: readonly (readonly [FileKind, ...(readonly [number, string])[]])[] = [
  ['image', [0, '\x89PNG\r\n\x1a\n']],
  ['image', [0, '\xff\xd8\xff']],
  ['image', [0, 'GIF87a']],
  ['image', [0, 'GIF89a']],
  ['image', [0, 'RIFF'], [8, 'WEBP']],
  ['image', [0, 'BM'], [6, '\0\0\0\0']],
  ['image', [0, '\0\0\x01\0']],
  ['image', [4, 'ftypavif']],
  ['font', [0, '\0\x01\0\0\0']],
  ['font', [0, 'OTTO\0']],
  ['font', [0, 'true\0']],
  ['font', [0, 'ttcf\0']],
  ['font', [0, 'wOFF']],
  ['font', [0, 'wOF2']],
]

const known = signatures.map(([kind, ...marks]) => ({ kind, marks }))

/** 1 for each byte that stands in no text: the controls, but for those that texts are laid out with. */
const isControl = new Uint8Array(256).fill(1, 0, 0x20)
for (const layout of '\t\n\f\r\u{1b}') isControl[layout.charCodeAt(0)] = 0

/** What a file is by its bytes alone, whatever its name. */
export function recogniseKind(bytes: Uint8Array): FileKind {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  const found = known.find(({ marks }) => marks.every(([at, mark]) => start.startsWith(mark, at)))
  if (isUtf8(bytes) && !hasControls(bytes)) return 'text'
  if (found && !isMostlyLetters(bytes)) return found.kind
  return isUtf16(bytes, start) ? 'text' : 'binary'
}

/** Whether bytes are a picture or a font, by what they begin with and what they consist of. */
export function isPicture(bytes: Uint8Array): boolean {
  const kind = recogniseKind(bytes)
  return kind === 'image' || kind === 'font'
}

/** No picture and no font has more letters than this, packed or drawn; the most that was seen is 0.65. */
const lettersMax = 0.75

/** 1 for each byte that may stand in a text of ASCII. */
const isLetter = new Uint8Array(256).fill(1, 0x20, 0x7f).fill(1, 0x09, 0x0e)

/** Whether bytes are too much of a text to be the picture or the font that they begin like. */
function isMostlyLetters(bytes: Uint8Array): boolean {
  let letters = 0
  for (const byte of bytes) letters += isLetter[byte] ?? 0
  return letters > bytes.length * lettersMax
}

function isUtf16(bytes: Uint8Array, start: string): boolean {
  const encodings = { '\xff\xfe': 'utf-16le', '\xfe\xff': 'utf-16be' } as const
  const encoding = Object.entries(encodings).find(([mark]) => start.startsWith(mark))?.[1]
  if (!encoding) return false
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return !hasControls(Buffer.from(text))
  } catch {
    return false
  }
}

const wordBytes = 4

/**
 * Whether any byte is a control. Every byte that was ever uploaded comes through here, so they are looked
 * at four at a time, and one by one only where one of the four is below a space.
 */
function hasControls(bytes: Uint8Array): boolean {
  if (bytes.length < wordBytes) return holdsControl(bytes, 0, bytes.length)
  const start = -bytes.byteOffset & (wordBytes - 1)
  const count = Math.floor((bytes.length - start) / wordBytes)
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, count)
  for (let nth = 0; nth < count; nth += 1) {
    const at = start + nth * wordBytes
    if (mayHoldLow(words[nth] ?? 0) && holdsControl(bytes, at, at + wordBytes)) return true
  }
  const end = start + count * wordBytes
  return holdsControl(bytes, 0, start) || holdsControl(bytes, end, bytes.length)
}

/** Whether any of four bytes may be below 0x20: subtracting that borrows from its highest bit. */
function mayHoldLow(word: number): boolean {
  return ((word - 0x2020_2020) & ~word & 0x8080_8080) !== 0
}

function holdsControl(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if (isControl[bytes[at] ?? 0] === 1) return true
  }
  return false
}
