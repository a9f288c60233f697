import { knownWords } from './known-words.ts'

const known = new Set(knownWords)

/**
 * Whether a word is another with one slip of the fingers in it: a letter left out, doubled, exchanged
 * for another, or two of them swapped. A plural is none, nor a word that is known itself.
 *
 * @example isSlipOf('reqeusts', 'requests') // true
 */
export function isSlipOf(word: string, of: string): boolean {
  if (Math.abs(word.length - of.length) > 1 || word === of || known.has(word)) return false
  if (word[0] !== of[0] || of.length < 6) return false
  const from = commonStart(word, of)
  const rest = word.slice(from)
  const wanted = of.slice(from)
  if (word.length === of.length) return isSwap(rest, wanted) || isExchange(rest, wanted)
  const [longer, shorter] = rest.length > wanted.length ? [rest, wanted] : [wanted, rest]
  return longer.slice(1) === shorter && shorter !== ''
}

function commonStart(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  return at
}

function isSwap(a: string, b: string): boolean {
  return a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)
}

/** The last letter may differ: that is how words are bent, not how they are mistyped. */
function isExchange(a: string, b: string): boolean {
  return a.length > 1 && a.slice(1) === b.slice(1)
}
