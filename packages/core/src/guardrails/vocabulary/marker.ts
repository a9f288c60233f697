import type { Place } from '../evidence/place.ts'

/** A word of the vocabulary: what to look for, and where looking makes sense. */
export interface Marker {
  name: string
  /**
   * Lower-case literals. Every text that the pattern matches holds at least one of them, which lets one
   * pass over a file find all the lines that any pattern has to be tried on.
   */
  atoms: readonly string[]
  /** Tried on windows of bounded length only. Its first group, if it has one, is the sighting's detail. */
  pattern: RegExp
  /** Where it is looked for; everywhere if left out. */
  places?: readonly Place[]
  /** How many lines after the first one the pattern may reach over. */
  reach?: number
}

/** Text that an agent reads as words meant for it. */
export const spoken = [
  'prose',
  'heading',
  'quote',
  'table',
  'front_matter',
  'hidden',
  'code_comment',
] as const satisfies Place[]

/**
 * Writes a pattern for running text. A blank in it stands for any run of blanks and of Markdown's
 * emphasis, a line break with its indentation for nothing at all. Letter case does not count.
 */
export function phrase(parts: TemplateStringsArray, ...fragments: string[]): RegExp {
  const source = String.raw(parts, ...fragments)
    .replace(/\n\s*/g, '')
    .replace(/\[(?:\\.|[^\]\\])*\]|\\.| /g, (part) => (part === ' ' ? gap : part))
  return new RegExp(source, 'i')
}

/** What may stand between two words. */
const gap = String.raw`[\s*_"'\x60]{1,6}`

/** Writes a pattern for code: blanks mean themselves, line breaks with their indentation nothing. */
export function code(parts: TemplateStringsArray, ...fragments: string[]): RegExp {
  return new RegExp(String.raw(parts, ...fragments).replace(/\n\s*/g, ''), 'i')
}
