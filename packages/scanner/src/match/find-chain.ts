import type { Word } from './find-sentences.ts'

/** The bits of concepts that follow each other. */
interface Chain {
  chain: readonly number[]
  gap: number
}

/** The first and the last word of concepts that follow each other, each within `gap` words. */
export function findChain(words: readonly Word[], frame: Chain): [Word, Word] | undefined {
  for (let first = 0; first < words.length; first++) {
    const last = followChain(words, first, frame)
    const start = words[first]
    if (last && start) return [start, last]
  }
  return undefined
}

/** The word that ends a chain which begins with the word at `first`, if there is one. */
function followChain(
  words: readonly Word[],
  first: number,
  { chain, gap }: Chain,
): Word | undefined {
  let reached = words[first]
  if (!reached || (reached.about & (chain[0] ?? 0)) === 0) return undefined
  let at = first
  for (let link = 1; link < chain.length; link++) {
    at = findNext(words, at, { concept: chain[link] ?? 0, within: reached.place + gap })
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
