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
 *
 * A blank before a class of characters stands for a whole run with white space in it. Classes may hold
 * the marks of emphasis too: were a part of a run enough, there would be countless ways to tell words
 * from gaps, and a hostile text would have all of them tried.
 */
export function phrase(parts: TemplateStringsArray, ...fragments: string[]): RegExp {
  const source = String.raw(parts, ...fragments)
    .replace(/\n\s*/g, '')
    .replace(/( ?)(\[(?:\\.|[^\]\\])*\])|\\.| /g, (part, blank?: string, letters?: string) => {
      if (letters === undefined) return part === ' ' ? gap : part
      if (!blank) return letters
      return `${opensQuote.test(letters) ? gap : wordGap}${letters}`
    })
  return new RegExp(source, 'i')
}

/** What may stand between two words. */
const gap = String.raw`[\s*_"'\x60]{1,6}`
const wordGap = String.raw`(?<![\s*_"'\x60])[*_"'\x60]{0,3}\s[\s*_"'\x60]{0,5}(?![\s*_"'\x60])`
/** A class that names a quotation mark asks for it, and must not find it eaten by the gap. */
const opensQuote = /^\[(?!\^).*(?:"|\\x60)/

/** Writes a pattern for code: blanks mean themselves, line breaks with their indentation nothing. */
export function code(parts: TemplateStringsArray, ...fragments: string[]): RegExp {
  return new RegExp(String.raw(parts, ...fragments).replace(/\n\s*/g, ''), 'i')
}
