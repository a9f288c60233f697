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

/** The controls that stand in texts: tab, line feed, form feed, carriage return, and escape. */
const textControls = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b])

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

function hasControls(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 0x20 && !textControls.has(byte))
}
