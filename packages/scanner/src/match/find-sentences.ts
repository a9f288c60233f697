import { lexicon, pairStarts } from '@countersign/core/guardrails/vocabulary/sentence/lexicon'

/** A word that speaks of something. */
interface Word {
  /** The bits of its concepts. */
  about: number
  /** How many words of the sentence stand before it. */
  place: number
  from: number
  to: number
}

/** A sentence of running text, as the things that it speaks of. */
export interface Sentence {
  from: number
  to: number
  /** The bits of all its concepts. */
  sum: number
  /** The bits of the sentence before it in the same paragraph; 0 at the beginning of one. */
  before: number
  words: readonly Word[]
}

/** A word that a sentence is made of, or a mark that ends one. In a comment, lines run on. */
const tokens = {
  prose:
    /https?:\/\/|[A-Za-z.][A-Za-z’'.-]*|[!?|]|\n[ \t>]*(?:\n|[-*+#|]|\d{1,3}[.)]|[a-z][\w-]{0,30}:)?/g,
  comment: /https?:\/\/|[A-Za-z.][A-Za-z’'.-]*|[!?|]|\n(?:[ \t]*\n)?/g,
}
const wordsMax = 80

export interface Range {
  from: number
  to: number
  kind: keyof typeof tokens
}

/** Tells what each sentence of a range speaks of, in one pass. */
export function* findSentences(text: string, { from, to, kind }: Range): Generator<Sentence> {
  let reading = open(from, 0)
  for (const { found, at } of tokensIn(text, { from, to, kind })) {
    if (isWord(found)) read(reading, found, at)
    if (!isEnd(found) && reading.count < wordsMax) continue
    const end = at + found.length
    yield* close(reading, end)
    reading = open(end, found.endsWith('\n') ? 0 : reading.sum)
  }
  yield* close(reading, to)
}

/** A sentence that speaks of one thing only says nothing that a frame could hold. */
function close(reading: Reading, to: number): Sentence[] {
  return reading.words.length > 1 ? [{ ...reading, to }] : []
}

function* tokensIn(text: string, { from, to, kind }: Range) {
  const token = tokens[kind]
  token.lastIndex = from
  for (let match = token.exec(text); match && match.index < to; match = token.exec(text)) {
    const next = token.lastIndex
    if (match[0] !== '\n') yield { found: match[0], at: match.index }
    token.lastIndex = next
  }
}

interface Reading {
  from: number
  before: number
  sum: number
  words: Word[]
  /** How many words were read, and the last one. */
  count: number
  last: string
}

function open(from: number, before: number): Reading {
  return { from, before, sum: 0, words: [], count: 0, last: '' }
}

function isWord(found: string): boolean {
  return found.length > 1 && !found.startsWith('\n')
}

function isEnd(found: string): boolean {
  return found.endsWith('.') || /^[!?|\n]/.test(found)
}

function read(reading: Reading, found: string, from: number): void {
  const word = (found.endsWith('.') ? found.slice(0, -1) : found).toLowerCase()
  const pair = pairStarts.has(reading.last) ? lexicon.get(`${reading.last} ${word}`) : 0
  const about = (lexicon.get(word) ?? 0) | (pair ?? 0)
  if (about !== 0) {
    reading.sum |= about
    reading.words.push({ about, place: reading.count, from, to: from + word.length })
  }
  reading.last = word
  reading.count += 1
}

/** The first and the last word of concepts that follow each other, each within `gap` words. */
export function findChain(
  { words }: Sentence,
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
