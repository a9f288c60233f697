import type { Sighting } from '@countersign/core/guardrails/evidence/sighting'
import type { Format } from './detect-format.ts'

const actions: Partial<Record<Format, readonly string[]>> = {
  pdf: ['/OpenAction', '/JavaScript', '/JS ', '/JS(', '/Launch', '/EmbeddedFile'],
  office: ['vbaProject.bin', 'vbaData.xml', 'macroEnabled'],
  ole: ['_VBA_PROJECT', 'V\0B\0A\0', 'Macros'],
}

/** Looks into bytes that are no text for what runs by itself, and for a second file behind the first. */
export function findActiveContent(path: string, bytes: Uint8Array, format: Format): Sighting[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const action = actions[format]?.find((word) => buffer.includes(word, 0, 'latin1'))
  const trailing = trailingFile(buffer, format)
  return [
    ...(action ? [sight(path, 'active-content', action)] : []),
    ...(trailing ? [sight(path, 'polyglot', trailing)] : []),
  ]
}

/** What follows the end of a picture, if it is more than a few bytes. */
function trailingFile(buffer: Buffer, format: Format): string | undefined {
  const archive = buffer.indexOf('PK\x03\x04', 8, 'latin1')
  const ends: Partial<Record<Format, () => number>> = {
    png: () => buffer.lastIndexOf('IEND', undefined, 'latin1') + 8,
    gif: () => buffer.lastIndexOf(';', undefined, 'latin1') + 1,
    jpeg: () => buffer.lastIndexOf('\xff\xd9', undefined, 'latin1') + 2,
  }
  const end = ends[format]?.()
  if (end === undefined) return undefined
  if (archive !== -1 && buffer.includes('PK\x05\x06', archive, 'latin1'))
    return `a ${format} with an archive in it`
  const rest = buffer.length - end
  return format === 'png' && end > 8 && rest > 64
    ? `a png with ${rest} more bytes behind its end`
    : undefined
}

/** A script, or an address that runs one, in a vector picture. */
export function findScriptInMarkup(path: string, text: string): Sighting[] {
  if (!/\.svg$/i.test(path)) return []
  const found = /<script\b|\son(?:load|click|error|begin)\s*=|javascript:|<foreignObject\b/i.exec(
    text,
  )
  return found ? [sight(path, 'active-content', found[0].trim())] : []
}

export function sight(file: string, marker: string, excerpt: string): Sighting {
  return {
    marker,
    file,
    line: 1,
    excerpt,
    detail: excerpt,
    place: 'data',
    language: 'other',
    layer: 'raw',
    decodedFrom: [],
    section: 0,
    context: {
      isNegated: false,
      isQuoted: false,
      isInlineCode: false,
      isDefensive: false,
      isTest: false,
    },
  }
}
