import { findRuns } from '@countersign/scanner/decode/find-runs'
import { listWords, readSentences, type Sentence } from '@countersign/scanner/match/find-sentences'
import { skipBreakInComment, skipBreakInProse } from '@countersign/scanner/match/skip-break'
import { characterKinds, surveyCharacters } from '@countersign/scanner/match/survey-characters'
import { toCodes } from '@countersign/scanner/match/to-codes'
import { findLines } from '@countersign/scanner/parse/outline'
import { outlineMarkdown } from '@countersign/scanner/parse/outline-markdown'
import fc from 'fast-check'
import { expect, test } from 'vitest'

/** Texts of pieces that parsers trip over, and of whatever else there is. */
const textOf = (...pieces: string[]) =>
  fc
    .array(
      fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, fc.string({ unit: 'binary' })),
    )
    .map((parts) => parts.join(''))

test('long runs are what the pattern of a run matches', () => {
  fc.assert(
    fc.property(
      textOf('QUJD'.repeat(3), 'x', '+/_-=', ' ', '.', 'a'.repeat(19), '\u0430'),
      (text) => {
        const found = text.matchAll(/[A-Za-z0-9+/_=-]{20,}/g)
        expect(findRuns(text)).toEqual(
          [...found].map(({ 0: run, index }) => ({ from: index, text: run })),
        )
      },
    ),
    { numRuns: 1_000 },
  )
})

test('a line begins after each line break, however many there are', () => {
  fc.assert(
    fc.property(textOf('\n', '\r\n', 'word ', '\n'.repeat(99)), (text) => {
      const lines = text.split('\n')
      const starts = lines.map((_, at) =>
        lines.slice(0, at).reduce((sum, { length }) => sum + length + 1, 0),
      )
      expect([...findLines(text)]).toEqual([...starts, text.length + 1])
    }),
  )
})

test.each([
  ['prose', skipBreakInProse, /\n[ \t>]*(?:\n|[-*+#|]|\d{1,3}[.)]|[a-z][\w-]{0,30}:)?/y],
  ['comments', skipBreakInComment, /\n(?:[ \t]*\n)?/y],
] as const)('a line break in %s ends where the pattern of one ends', (_, skip, pattern) => {
  const next = textOf(
    ' ',
    '\t>',
    '\n',
    '-',
    '1',
    '23',
    '.',
    ')',
    'key',
    'a_b-C',
    ':',
    'Word',
    'k'.repeat(30),
  )
  fc.assert(
    fc.property(next, (rest) => {
      pattern.lastIndex = 0
      pattern.test(`\n${rest}`)
      expect(skip(toCodes(`\n${rest}`), 0)).toBe(pattern.lastIndex)
    }),
    { numRuns: 2_000 },
  )
})

test('a line that is told at sight is what its patterns say that it is', () => {
  const line = textOf(
    ' ',
    '\t',
    '#',
    '# ',
    '>',
    '|',
    'a | b',
    '[//]: # (',
    '[_]: <>"',
    '1. ',
    '- ',
    '\u00a0',
    'words',
  )
  const placeOf = (text: string): string => {
    if (/^\s*\[(?:\/\/|comment|_|#|[^\]]{0,20})\]:\s*(?:#|<>)\s*["'(]/i.test(text)) return 'hidden'
    if (/^\s{0,3}#{1,6}\s/.test(text)) return 'heading'
    if (/^\s*\|.*\|/.test(text)) return 'table'
    return /^\s{0,3}>/.test(text) ? 'quote' : 'prose'
  }
  fc.assert(
    fc.property(line, (text) => {
      fc.pre(!/[\n`~]|<(?!>)|^\uFEFF?---\s*$/.test(text))
      expect(outlineMarkdown(text).stretches.map(({ place }) => place)).toEqual([placeOf(text)])
    }),
    { numRuns: 1_000 },
  )
})

test('the words of a sentence speak of what was read of it in passing', () => {
  const words = textOf(
    'send ',
    'the token',
    '. ',
    'never tell',
    ' the user',
    '\n',
    '\nnote: ',
    '\n- ',
    'http://',
    "user's ",
    '? ',
    'tell us ',
  )
  fc.assert(
    fc.property(words, fc.constantFrom('prose' as const, 'comment' as const), (text, kind) => {
      const sentences: Sentence[] = []
      const codes = toCodes(text)
      readSentences(codes, { from: 0, to: text.length, kind }, (sentence) =>
        sentences.push(sentence),
      )
      for (const sentence of sentences) {
        const sum = listWords(codes, sentence, kind).reduce((all, { about }) => all | about, 0)
        expect(sum).toBe(sentence.sum)
      }
    }),
    { numRuns: 500 },
  )
})

test('plain ASCII holds no character that something can be hidden with', () => {
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).join('')
  expect(surveyCharacters(ascii)).toBe(0)
  expect(surveyCharacters(`${ascii}\u200b`)).toBe(characterKinds.invisible)
})
