import { afterBlank, bitsAt, follow, nowhere, root } from './lexicon-reader.ts'
import { skipBreakInComment, skipBreakInProse } from './skip-break.ts'
import type { Codes } from './to-codes.ts'

/** A sentence of running text, as the things that it speaks of. */
export interface Sentence {
  from: number
  to: number
  /** The bits of all its concepts. */
  sum: number
  /** The bits of the sentence before it in the same paragraph; 0 at the beginning of one. */
  before: number
}

/** A word that speaks of something. */
export interface Word {
  /** The bits of its concepts. */
  about: number
  /** How many words of the sentence stand before it. */
  place: number
  from: number
  to: number
}

const wordsMax = 80

export interface Range {
  from: number
  to: number
  kind: 'prose' | 'comment'
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
const isInWord = kinds.map((kind) => (kind === start || kind === inner ? 1 : 0))
const [dot, newline, smallH] = [0x2e, 0x0a, 0x68]

/** Tells what each sentence of a range speaks of, in one pass. A sentence of nothing known is left out. */
export function readSentences(
  codes: Codes,
  { from, to, kind }: Range,
  onSentence: (sentence: Sentence) => void,
): void {
  const reading = open(from)
  for (let at = from; at < to; ) {
    at = advance(reading, codes, at, kind)
    if (!reading.isOver) continue
    if (reading.sum !== 0) onSentence(closed(reading, at))
    reopen(reading, at, codes[at - 1] === newline ? 0 : reading.sum)
  }
  if (reading.sum !== 0) onSentence(closed(reading, to))
}

/** The words of a sentence that speak of something. */
export function listWords(
  codes: Codes,
  { from, to }: Sentence,
  kind: Range['kind'],
): readonly Word[] {
  const words: Word[] = []
  const reading = open(from)
  for (let at = from; at < to; ) {
    const place = reading.count
    const after = advance(reading, codes, at, kind)
    if (reading.count > place && reading.about !== 0)
      words.push({ about: reading.about, place, from: at, to: endOfStem(codes, after) })
    at = after
  }
  return words
}

/** Reads what stands at an offset, and gives the offset after it. */
function advance(reading: Reading, codes: Codes, at: number, kind: Range['kind']): number {
  switch (kinds[codes[at] ?? 0]) {
    case start: {
      const after = read(reading, codes, at)
      reading.isOver = codes[after - 1] === dot || reading.count >= wordsMax
      return after
    }
    case lineBreak: {
      const after = kind === 'prose' ? skipBreakInProse(codes, at) : skipBreakInComment(codes, at)
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

interface Reading extends Omit<Sentence, 'to'> {
  /** What the word that was read last speaks of. */
  about: number
  /** How many words were read, and where in the lexicon the last one ended. */
  count: number
  last: number
  isOver: boolean
}

function open(from: number): Reading {
  return { from, before: 0, sum: 0, about: 0, count: 0, last: nowhere, isOver: false }
}

function reopen(reading: Reading, from: number, before: number): void {
  reading.from = from
  reading.before = before
  reading.sum = 0
  reading.count = 0
  reading.last = nowhere
  reading.isOver = false
}

function closed({ from, sum, before }: Reading, to: number): Sentence {
  return { from, to, sum, before }
}

/** Reads the word that begins at an offset, and gives the offset after it. A lone letter is none. */
function read(reading: Reading, codes: Codes, from: number): number {
  reading.about = 0
  const to = endOfWord(codes, from)
  if (to === from + 1) return to
  const stemTo = endOfStem(codes, to)
  let alone = root
  let paired = afterBlank(reading.last)
  for (let at = from; at < stemTo && (alone !== nowhere || paired !== nowhere); at++) {
    const code = codes[at] ?? 0
    alone = follow(alone, code)
    paired = follow(paired, code)
  }
  reading.last = alone
  reading.about = bitsAt(alone) | bitsAt(paired)
  reading.sum |= reading.about
  reading.count += 1
  return to
}

/** The dot at the end of a sentence is no part of its last word. */
function endOfStem(codes: Codes, to: number): number {
  return codes[to - 1] === dot ? to - 1 : to
}

/** The offset after a word, or after what an address begins with. */
function endOfWord(codes: Codes, from: number): number {
  if (codes[from] === smallH) {
    if (startsWith(codes, 'http://', from)) return from + 7
    if (startsWith(codes, 'https://', from)) return from + 8
  }
  let to = from + 1
  while (isInWord[codes[to] ?? 0] === 1) to += 1
  return to
}

function startsWith(codes: Codes, prefix: string, from: number): boolean {
  for (let at = 0; at < prefix.length; at++)
    if (codes[from + at] !== prefix.charCodeAt(at)) return false
  return true
}
