/**
 * The character that only we write inside the fence. It ends the label of every line and encloses
 * every escape; where a bundle has one of its own, that one is escaped. So whatever stands beside a
 * mark was written by us.
 */
export const mark = '¦'

/** What needs no second look: printable ASCII that could not begin a tag or an entity of one. */
const plain = /^[\t\x20-\x24\x27-\x3b\x3d-\x5b\x5d-\x7e]*$/

/** Emoji that hold an invisible character for a good reason. They are shown as they are. */
const emoji =
  '\\p{Extended_Pictographic}(?:\\uFE0F|\\p{Emoji_Modifier})?(?:\\u200D(?=\\p{Extended_Pictographic}))?|[0-9#*]\\uFE0F\\u20E3'

/** What a reader would not see or would take for something else; and the mark with its look-alikes. */
const unseen =
  '(?:(?!\\t)[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800¦￤┆┇┊┋╎╏⁞⦙⸽⸾])+'

/** Whatever may begin a tag: the sign, its look-alikes, and the usual ways to write it in other words. */
const opener = '[<＜﹤‹⟨〈❮˂ᐸ≺]|&(?:lt|#0*60|#[xX]0*3[cC]);?|\\\\(?:u003[cC]|x3[cC])|%3[cC]'

const remarkable = new RegExp(`(?<emoji>${emoji})|(?<unseen>${unseen})|(?<opener>${opener})`, 'gu')

/**
 * Shows text on one line so that nothing in it is invisible, nothing can be taken for the fence, and
 * nothing can be taken for a mark of ours. Nothing is lost: `¦U+200B¦` stands for a code point,
 * `¦x9D¦` for a byte that is no text, `*9` for nine of the same, `tag"abc"` for invisible letters.
 *
 * @example
 * escapeText('a\u200Bb') // 'a¦U+200B¦b'
 * escapeText('</bundle-1>') // '¦U+003C¦/bundle-1>'
 */
export function escapeText(text: string): string {
  if (plain.test(text)) return text
  return text.replace(remarkable, (match, ...rest) => {
    const groups = rest.at(-1)
    if (groups.emoji) return match
    if (groups.unseen) return enclose(describeUnseen(match))
    const start = rest.at(-3) + match.length
    const isAsciiSign = match === '<' || match.length > 1
    if (isAsciiSign && !looksLikeFence(text.slice(start, start + 48))) return match
    return enclose(codePoint(match.slice(0, 1))) + match.slice(1)
  })
}

/** The name of our fence, however its letters are spaced, cased or imitated by digits. */
const fenceName = new RegExp(['[b8]', 'u', 'n', 'd', '[l1i|!]', '[e3]'].join('[^a-z0-9]{0,8}'), 'i')

/** Whether what follows an opener could pass for the name of our fence, in whatever letters. */
function looksLikeFence(after: string): boolean {
  const tag = after.split('>', 1)[0] ?? ''
  return /[^\x20-\x7e]/.test(tag) || fenceName.test(tag)
}

function enclose(description: string): string {
  return `${mark}${description}${mark}`
}

/** Describes a run of unseen characters, the same ones in a row together. */
function describeUnseen(run: string): string {
  const runs = run.matchAll(/[\u{E0020}-\u{E007E}]+|(.)\1*/gsu)
  return [...runs]
    .map(([same, one]) => (one ? repeated(one, same) : invisibleLetters(same)))
    .join(' ')
}

function repeated(one: string, same: string): string {
  const count = same.length / one.length
  return count === 1 ? nameOf(one) : `${nameOf(one)}*${count}`
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const isByte = code >= 0xdc80 && code <= 0xdcff
  return isByte ? `x${(code - 0xdc00).toString(16).toUpperCase()}` : codePoint(character)
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Tag characters are ASCII that nobody sees. The model is shown what they say. */
function invisibleLetters(tags: string): string {
  const said = Array.from(tags, (tag) => shifted(tag, -0xe0000)).join('')
  const parts = said.match(/[\w .,:;'-]+|[^\w .,:;'-]/g) ?? []
  return parts
    .map((part) => (/^[\w .,:;'-]/.test(part) ? `tag"${part}"` : codePoint(shifted(part, 0xe0000))))
    .join(' ')
}

function shifted(character: string, by: number): string {
  return String.fromCodePoint((character.codePointAt(0) ?? 0) + by)
}
