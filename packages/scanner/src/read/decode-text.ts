import { holdsAscii } from '@countersign/core/reviews/text/decode-text'
import { hasUtf16Mark } from './detect-format.ts'

export interface ReadText {
  text: string
  encoding: 'utf-8' | 'utf-16' | 'unknown'
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenient = new TextDecoder('latin1')

/** Reads bytes as text. Every byte comes out as something, so that nothing hides in a wrong encoding. */
export function decodeText(bytes: Uint8Array): ReadText {
  if (hasUtf16Mark(bytes) && !holdsAscii(bytes)) {
    const label = bytes[0] === 0xff ? 'utf-16le' : 'utf-16be'
    return { text: new TextDecoder(label).decode(bytes), encoding: 'utf-16' }
  }
  try {
    return { text: utf8.decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: lenient.decode(bytes), encoding: 'unknown' }
  }
}
