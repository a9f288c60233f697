import type { Sighting } from '@countersign/core/guardrails/evidence/sighting'
import { frames } from '@countersign/core/guardrails/vocabulary/sentence/frames'
import { bitsOf } from '@countersign/core/guardrails/vocabulary/sentence/lexicon'
import { lineAt, type Stretch } from '../parse/outline.ts'
import { findChain } from './find-chain.ts'
import { listWords, type Range, readSentences, type Sentence, type Word } from './find-sentences.ts'
import type { Text } from './find-sightings.ts'
import { judgeContext } from './judge-context.ts'
import { type Codes, toCodes } from './to-codes.ts'

/** How often a frame is noted in one text. */
const perFrameMax = 24
const excerptMax = 300

const known = frames.map(({ name, chain, gap, needs = [], lacks = [], after = [] }) => ({
  name,
  chain: chain.map((concept) => bitsOf([concept])),
  gap,
  needs: bitsOf([...chain, ...needs]),
  lacks: bitsOf(lacks),
  after: bitsOf(after),
}))

/** Finds sentences that say something that is worth a second look, whatever their words. */
export function findFrames(text: Text): Sighting[] {
  const codes = toCodes(text.text)
  const found: Sighting[] = []
  const counts = new Map<string, number>()
  for (const stretch of text.outline.stretches)
    for (const range of rangesIn(text, stretch))
      readSentences(codes, range, (sentence) => {
        for (const { name, span } of framesOf(codes, sentence, range.kind)) {
          const count = (counts.get(name) ?? 0) + 1
          counts.set(name, count)
          if (count <= perFrameMax)
            found.push(describe(text, { name, sentence, span, stretch: placed(stretch, range) }))
        }
      })
  return found
}

function placed(stretch: Stretch, { kind }: Range): Stretch {
  return kind === 'comment' ? { ...stretch, place: 'code_comment' } : stretch
}

interface Held {
  name: string
  span: { from: number; to: number }
}

/** The frames that a sentence holds, each name once. Most speak of too little to have their words listed. */
function framesOf(codes: Codes, sentence: Sentence, kind: Range['kind']): readonly Held[] {
  if (!speaksOfEnough(sentence.sum)) return none
  let words: readonly Word[] | undefined
  let found = none
  for (const frame of known) {
    if (!mayHold(frame, sentence) || found.some(({ name }) => name === frame.name)) continue
    words ??= listWords(codes, sentence, kind)
    const ends = findChain(words, frame)
    if (ends) found = [...found, { name: frame.name, span: { from: ends[0].from, to: ends[1].to } }]
  }
  return found
}

const none: readonly Held[] = []
const needsOfFrames = Int32Array.from(known, ({ needs }) => needs)

function speaksOfEnough(sum: number): boolean {
  for (let frame = 0; frame < needsOfFrames.length; frame++) {
    const needs = needsOfFrames[frame] ?? 0
    if ((sum & needs) === needs) return true
  }
  return false
}

/** Where sentences may stand: code has them in its comments, and data has none. */
function rangesIn({ text, outline: { lineStarts } }: Text, stretch: Stretch): Range[] {
  const { place, language } = stretch
  if (place === 'injected' || place === 'data') return []
  const startOf = (line: number): number => lineStarts[line] ?? text.length + 1
  const isProse = place !== 'code' || ['text', 'yaml', 'json'].includes(language)
  if (isProse) return [{ from: startOf(stretch.from), to: startOf(stretch.to) - 1, kind: 'prose' }]
  const ranges: Range[] = []
  for (let line = stretch.from; line < stretch.to; line++) {
    const [from, to] = [startOf(line), startOf(line + 1) - 1]
    comment.lastIndex = from
    if (comment.test(text)) addComment(ranges, from, to)
  }
  return ranges
}

/** Adds a line to the comment that it continues, or begins one with it. */
function addComment(ranges: Range[], from: number, to: number): void {
  const last = ranges.at(-1)
  if (last && last.to === from - 1) last.to = to
  else ranges.push({ from, to, kind: 'comment' })
}

/** A line that is a comment in one of the languages that scripts are written in. */
const comment = /[ \t]*(?:#(?!!)|\/\/|\/?\*|--\s|;;|REM\s|"{3}|'{3})/y

function mayHold({ needs, lacks, after }: (typeof known)[number], sentence: Sentence): boolean {
  return (
    (sentence.sum & needs) === needs &&
    (sentence.sum & lacks) === 0 &&
    (sentence.before & after) === after
  )
}

function describe(
  text: Text,
  {
    name,
    sentence,
    span,
    stretch,
  }: { name: string; sentence: Sentence; span: { from: number; to: number }; stretch: Stretch },
): Sighting {
  const { outline, standsAt } = text
  const line = lineAt(outline.lineStarts, span.from)
  const around = standsAt?.stretch ?? stretch
  const { hasDefensiveHeading, ...context } = judgeContext(around.place, {
    before: text.text.slice(sentence.from, span.from),
    after: text.text.slice(span.to, span.to + 200).split('\n', 1)[0] ?? '',
    heading: outline.headings[stretch.section] ?? '',
  })
  const excerpt = text.text.slice(Math.max(sentence.from, span.from - 120), sentence.to)
  return {
    marker: name,
    file: text.file,
    line: (standsAt?.line ?? line) + 1,
    excerpt: excerpt.trim().slice(0, excerptMax),
    detail: '',
    place: around.place,
    language: around.language,
    layer: text.layer,
    decodedFrom: text.decodedFrom,
    section: standsAt?.section ?? stretch.section,
    context: { ...context, isDefensive: hasDefensiveHeading, isTest: text.isTest },
  }
}
