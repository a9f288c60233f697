import { isPicture } from '@countersign/bundles/bake/recognise-kind'
import { pictureName } from '@countersign/core/guardrails/families/structure/content'

/** What bytes are, by their own first characters and never by their name. */
export type Format =
  | 'text'
  | 'elf'
  | 'pe'
  | 'mach-o'
  | 'wasm'
  | 'class'
  | 'dex'
  | 'pyc'
  | 'zip'
  | 'gzip'
  | 'tar'
  | '7z'
  | 'rar'
  | 'xz'
  | 'bzip2'
  | 'office'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'ico'
  | 'bmp'
  | 'font'
  | 'pdf'
  | 'sqlite'
  | 'audio'
  | 'video'
  | 'ole'
  | 'lnk'
  | 'binary'

const magic: readonly [Format, number, string][] = [
  ['elf', 0, '\x7fELF'],
  ['wasm', 0, '\0asm'],
  ['class', 0, '\xca\xfe\xba\xbe'],
  ['mach-o', 0, '\xcf\xfa\xed\xfe'],
  ['mach-o', 0, '\xce\xfa\xed\xfe'],
  ['mach-o', 0, '\xfe\xed\xfa\xcf'],
  ['mach-o', 0, '\xfe\xed\xfa\xce'],
  ['dex', 0, 'dex\n'],
  ['zip', 0, 'PK\x03\x04'],
  ['zip', 0, 'PK\x05\x06'],
  ['gzip', 0, '\x1f\x8b'],
  ['7z', 0, '7z\xbc\xaf\x27\x1c'],
  ['rar', 0, 'Rar!\x1a\x07'],
  ['xz', 0, '\xfd7zXZ\0'],
  ['bzip2', 0, 'BZh'],
  ['tar', 257, 'ustar'],
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['jpeg', 0, '\xff\xd8\xff'],
  ['gif', 0, 'GIF87a'],
  ['gif', 0, 'GIF89a'],
  ['webp', 8, 'WEBP'],
  ['ico', 0, '\0\0\x01\0'],
  ['font', 0, '\0\x01\0\0'],
  ['font', 0, 'OTTO'],
  ['font', 0, 'true\0'],
  ['font', 0, 'ttcf'],
  ['font', 0, 'wOFF'],
  ['font', 0, 'wOF2'],
  ['pdf', 0, '%PDF'],
  ['sqlite', 0, 'SQLite format 3\0'],
  ['ole', 0, '\xd0\xcf\x11\xe0'],
  ['lnk', 0, 'L\0\0\0\x01\x14\x02\0'],
  ['audio', 0, 'ID3'],
  ['audio', 0, 'OggS'],
  ['audio', 0, 'fLaC'],
  ['audio', 8, 'WAVE'],
  ['video', 4, 'ftyp'],
  ['video', 0, '\x1aE\xdf\xa3'],
]

/** Kinds that hold nothing to read and nothing to run, if they are what they begin like. */
const harmless = new Set<Format>(['png', 'jpeg', 'gif', 'webp', 'ico', 'bmp', 'font'])

/** Whether bytes of a format are what they begin like by their name too, and by what they consist of. */
export function isHarmless(path: string, format: Format, bytes: Uint8Array): boolean {
  return harmless.has(format) && pictureName.test(path) && isPicture(bytes)
}

/** Judges the format by magic numbers, then by whether the bytes can be text at all. */
export function detectFormat(bytes: Uint8Array): Format {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4_096)).toString(
    'latin1',
  )
  if (isPortableExecutable(head)) return 'pe'
  if (isPythonBytecode(bytes)) return 'pyc'
  const known = magic.find(([, offset, mark]) => head.startsWith(mark, offset))?.[0]
  if (
    known === 'zip' &&
    /word\/|xl\/|ppt\/|META-INF\/container|mimetypeapplication\/(?:epub|vnd\.oasis)/.test(head)
  )
    return 'office'
  const format = known ?? (head.startsWith('BM') && head.includes('\0') ? 'bmp' : undefined)
  if (format && !isOnlyLikeOne(format, bytes)) return format
  return isText(bytes) ? 'text' : 'binary'
}

/** Kinds that begin with letters, as a text may. */
const lettered = new Set<Format>([...harmless, 'audio', 'video', 'bzip2', 'tar', 'dex'])

/** A few letters make no picture and no sound: a program may begin with them, and instructions too. */
function isOnlyLikeOne(format: Format, bytes: Uint8Array): boolean {
  return lettered.has(format) && isText(bytes) && !isPicture(bytes)
}

/** `MZ` alone begins many a text; the header of a program has zeros in it. */
function isPortableExecutable(head: string): boolean {
  return head.startsWith('MZ') && head.slice(0, 64).includes('\0')
}

/** Compiled Python starts with a version number and CRLF. */
function isPythonBytecode(bytes: Uint8Array): boolean {
  return (
    bytes.length > 16 &&
    bytes[2] === 0x0d &&
    bytes[3] === 0x0a &&
    (bytes[1] ?? 0) >= 0x0b &&
    (bytes[1] ?? 0) <= 0x0f &&
    bytes.includes(0)
  )
}

const isControl = new Uint8Array(256).fill(1, 0, 9).fill(1, 14, 27)

/** UTF-16 tells itself by its mark; otherwise a zero byte or a crowd of control characters is no text. */
function isText(bytes: Uint8Array): boolean {
  if (hasUtf16Mark(bytes)) return true
  if (bytes.includes(0)) return false
  let controls = 0
  const length = Math.min(bytes.length, 8_192)
  for (let index = 0; index < length; index++) controls += isControl[bytes[index] ?? 0] ?? 0
  return controls <= length * 0.02
}

export function hasUtf16Mark(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
}
