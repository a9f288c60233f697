import type { Word } from './find-sentences.ts'

/** The first and the last word of concepts that follow each other, each within `gap` words. */
export function findChain(
  words: readonly Word[],
  chain: readonly number[],
  gap: number,
): [Word, Word] | undefined {
  for (let first = 0; first < words.length; first++) {
    const last = followChain(words, first, { chain, gap })
    const start = words[first]
    if (last && start) return [start, last]
  }
  return undefined
}

/** The word that ends a chain which begins with the word at `first`, if there is one. */
function followChain(
  words: readonly Word[],
  first: number,
  { chain, gap }: { chain: readonly number[]; gap: number },
): Word | undefined {
  let reached = words[first]
  if (!reached || (reached.about & (chain[0] ?? 0)) === 0) return undefined
  let at = first
  for (const concept of chain.slice(1)) {
    at = findNext(words, at, { concept, within: reached.place + gap })
    const next: Word | undefined = words[at]
    if (!next) return undefined
    reached = next
  }
  return reached
}

/** Where the next word of a concept stands; the number of words if there is none near enough. */
function findNext(
  words: readonly Word[],
  after: number,
  { concept, within }: { concept: number; within: number },
): number {
  for (let at = after + 1; at < words.length; at++) {
    const word = words[at]
    if (!word || word.place > within) break
    if ((word.about & concept) !== 0) return at
  }
  return words.length
}
