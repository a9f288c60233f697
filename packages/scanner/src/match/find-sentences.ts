import { afterBlank, bitsAt, follow, nowhere, root } from './lexicon-reader.ts'

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

/** Line breaks, with what makes them the end of a sentence. In a comment, lines run on. */
const breaks = {
  prose: /\n[ \t>]*(?:\n|[-*+#|]|\d{1,3}[.)]|[a-z][\w-]{0,30}:)?/y,
  comment: /\n(?:[ \t]*\n)?/y,
}
const wordsMax = 80

export interface Range {
  from: number
  to: number
  kind: keyof typeof breaks
}

/** What a character does: begin a word, go on with one, end a sentence, or end a line. */
const [start, inner, mark, lineBreak] = [1, 2, 3, 4]
const kinds = new Uint8Array(0x10000)
for (const [characters, kind] of [
  ['abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.', start],
  ["’'-", inner],
  ['!?|', mark],
  ['\n', lineBreak],
] as const) {
  for (const character of characters) kinds[character.charCodeAt(0)] = kind
}
const [dot, newline] = [0x2e, 0x0a]

/** Tells what each sentence of a range speaks of, in one pass. */
export function findSentences(text: string, { from, to, kind }: Range): Sentence[] {
  const sentences: Sentence[] = []
  let reading = open(from, 0)
  for (let at = from; at < to; ) {
    at = advance(reading, text, at, kind)
    if (!reading.isOver) continue
    close(sentences, reading, at)
    reading = open(at, text.charCodeAt(at - 1) === newline ? 0 : reading.sum)
  }
  close(sentences, reading, to)
  return sentences
}

/** Reads what stands at an offset, and gives the offset after it. */
function advance(reading: Reading, text: string, at: number, kind: Range['kind']): number {
  switch (kinds[text.charCodeAt(at)]) {
    case start: {
      const after = read(reading, text, at)
      reading.isOver = text.charCodeAt(after - 1) === dot || reading.count >= wordsMax
      return after
    }
    case lineBreak: {
      const after = skipBreak(text, at, kind)
      reading.isOver = after > at + 1
      return after
    }
    case mark:
      reading.isOver = true
      return at + 1
    default:
      return at + 1
  }
}

/** Where a line break ends, with the mark that begins the next line if there is one. */
function skipBreak(text: string, at: number, kind: Range['kind']): number {
  breaks[kind].lastIndex = at
  breaks[kind].test(text)
  return breaks[kind].lastIndex
}

/** A sentence that speaks of one thing only says nothing that a frame could hold. */
function close(sentences: Sentence[], { from, before, sum, words }: Reading, to: number): void {
  if (words.length > 1) sentences.push({ from, to, sum, before, words })
}

interface Reading {
  from: number
  before: number
  sum: number
  words: Word[]
  /** How many words were read, and where in the lexicon the last one ended. */
  count: number
  last: number
  isOver: boolean
}

function open(from: number, before: number): Reading {
  return { from, before, sum: 0, words: [], count: 0, last: nowhere, isOver: false }
}

/** Reads the word that begins at an offset, and gives the offset after it. A lone letter is none. */
function read(reading: Reading, text: string, from: number): number {
  let [alone, paired] = [root, afterBlank(reading.last)]
  let [aloneBefore, pairedBefore] = [alone, paired]
  const to = endOfWord(text, from)
  if (to === from + 1) return to
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    aloneBefore = alone
    pairedBefore = paired
    alone = follow(alone, code)
    paired = follow(paired, code)
  }
  // The dot at the end of a sentence is no part of its last word.
  const hasDot = text.charCodeAt(to - 1) === dot
  const last = hasDot ? aloneBefore : alone
  const about = bitsAt(last) | bitsAt(hasDot ? pairedBefore : paired)
  if (about !== 0) {
    reading.sum |= about
    reading.words.push({ about, place: reading.count, from, to: hasDot ? to - 1 : to })
  }
  reading.last = last
  reading.count += 1
  return to
}

/** The offset after a word, or after what an address begins with. */
function endOfWord(text: string, from: number): number {
  if (text.startsWith('http', from)) {
    if (text.startsWith('://', from + 4)) return from + 7
    if (text.startsWith('s://', from + 4)) return from + 8
  }
  let to = from + 1
  for (let kind = kinds[text.charCodeAt(to)]; kind === start || kind === inner; ) {
    to += 1
    kind = kinds[text.charCodeAt(to)]
  }
  return to
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
