/** A stretch of text, or one character of it that would not be seen. */
export interface TextPart {
  /** Where in the text it begins. */
  at: number
  text: string
  /** What the character is, if it would not be seen. */
  name?: string
  /** What stands in its place. */
  label?: string
}

const known: Readonly<Record<number, string>> = {
  160: 'no-break space',
  173: 'soft hyphen',
  847: 'combining grapheme joiner',
  1564: 'Arabic letter mark',
  4447: 'Hangul filler',
  6158: 'Mongolian vowel separator',
  8203: 'zero-width space',
  8204: 'zero-width non-joiner',
  8205: 'zero-width joiner',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8234: 'left-to-right embedding',
  8235: 'right-to-left embedding',
  8236: 'pop directional formatting',
  8237: 'left-to-right override',
  8238: 'right-to-left override',
  8288: 'word joiner',
  8294: 'left-to-right isolate',
  8295: 'right-to-left isolate',
  8296: 'first strong isolate',
  8297: 'pop directional isolate',
  12644: 'Hangul filler',
  65279: 'byte order mark',
}

/** Formatting, control, private, tag and filler characters; not tab and line feed, which are layout. */
const hidden =
  /\u034f|[\u00a0\u115f\u1160\u3164\uffa0]|(?![\t\n\r])\p{Cc}|\p{Cf}|\p{Co}|\p{Cn}|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]|\r(?!\n)/u

/** Letters of other scripts right beside Latin ones, which they may be taken for. */
const lookalike =
  /(?<=\p{sc=Latin})[\p{sc=Cyrillic}\p{sc=Greek}]|[\p{sc=Cyrillic}\p{sc=Greek}](?=\p{sc=Latin})/u

const noticed = new RegExp(`${hidden.source}|${lookalike.source}`, 'gu')

/** Splits a text at every character that a reader would not see, or would take for another, and names it. */
export function splitInvisible(text: string): TextPart[] {
  const parts: TextPart[] = []
  let at = 0
  for (const match of text.matchAll(noticed)) {
    if (match.index > at) parts.push({ at, text: text.slice(at, match.index) })
    parts.push({ at: match.index, text: match[0], ...nameOf(match[0]) })
    at = match.index + match[0].length
  }
  if (at < text.length) parts.push({ at, text: text.slice(at) })
  return parts
}

/**
 * A text in one piece, for where no box can be drawn: what would not be seen is spelt out.
 *
 * @example
 * spellInvisible('pay\u202etxt.exe') // 'pay[U+202E]txt.exe'
 */
export function spellInvisible(text: string): string {
  return splitInvisible(text)
    .map(({ text: shown, label }) => (label === undefined ? shown : `[${label}]`))
    .join('')
}

function nameOf(character: string): { name: string; label: string } {
  const point = character.codePointAt(0) ?? 0
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  return lookalike.test(`a${character}`)
    ? { name: `${code}, a letter of another script among Latin ones`, label: character }
    : { name: `${code} ${known[point] ?? kindOf(point)}`, label: code }
}

function kindOf(point: number): string {
  if (point >= 0xe0000 && point < 0xe0080) return 'tag character'
  if ((point >= 0xfe00 && point <= 0xfe0f) || point >= 0xe0100) return 'variation selector'
  return point < 0xa0 ? 'control character' : 'invisible character'
}
