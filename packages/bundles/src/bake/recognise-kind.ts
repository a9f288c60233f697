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

/** 1 for each byte that stands in no text: the controls, but for those that texts are laid out with. */
const isControl = new Uint8Array(256).fill(1, 0, 0x20)
for (const layout of '\t\n\f\r\u{1b}') isControl[layout.charCodeAt(0)] = 0

/** What a file is by its bytes alone, whatever its name. */
export function recogniseKind(bytes: Uint8Array): FileKind {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  const found = signatures.find(([, ...marks]) =>
    marks.every(([at, mark]) => start.startsWith(mark, at)),
  )
  if (found) return found[0]
  if (isUtf8(bytes)) return hasControls(bytes) ? 'binary' : 'text'
  return isUtf16(bytes, start) ? 'text' : 'binary'
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

/** A plain loop, as every byte that was ever uploaded comes through here: it is eight times as fast. */
function hasControls(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    if (isControl[bytes[at] ?? 0] === 1) return true
  }
  return false
}
