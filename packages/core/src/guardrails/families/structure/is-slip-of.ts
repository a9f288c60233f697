import { knownWords } from './known-words.ts'

const known = new Set(knownWords)

/** Shorter words have too many honest neighbours: a lister is no mistyped linter. */
const lettersMin = { swap: 6, leftOut: 8, exchange: 9 }

/**
 * Whether a word is another with one slip of the fingers in it: two letters swapped, one doubled, and
 * in longer words one left out or exchanged for another. A word that is known itself is none.
 *
 * @example isSlipOf('reqeusts', 'requests') // true
 */
export function isSlipOf(word: string, of: string): boolean {
  if (word === of || known.has(word) || word[0] !== of[0] || of.length < lettersMin.swap)
    return false
  const from = commonStart(word, of)
  const [rest, wanted] = [word.slice(from), of.slice(from)]
  if (word.length === of.length)
    return isSwap(rest, wanted) || (of.length >= lettersMin.exchange && isExchange(rest, wanted))
  if (word.length === of.length + 1)
    return rest.slice(1) === wanted && wanted !== '' && word[from] === word[from - 1]
  return of.length >= lettersMin.leftOut && wanted.slice(1) === rest && rest !== ''
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
