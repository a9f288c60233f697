import type { Language, Place } from '@countersign/core/guardrails/evidence/place'

/** A stretch of lines of one kind. */
export interface Stretch {
  place: Place
  language: Language
  /** The first line and the one after the last, counted from 0. */
  from: number
  to: number
  section: number
}

/** Where everything stands in a text. */
export interface Outline {
  /** The offset of each line's first character, and at the end the text's length + 1. */
  lineStarts: Uint32Array
  /** In order, without gaps: every line is in exactly one. */
  stretches: readonly Stretch[]
  /** The words of each section's headings, outermost first. */
  headings: readonly string[]
}

/** Finds the lines of a text, by `\n`, in one pass. */
export function findLines(text: string): Uint32Array {
  let starts = new Uint32Array(2 + Math.ceil(text.length / usualLineLength))
  let count = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (count + 1 >= starts.length) starts = enlarge(starts)
    starts[count] = at + 1
    count += 1
  }
  starts[count] = text.length + 1
  return starts.subarray(0, count + 1)
}

const usualLineLength = 32

function enlarge(starts: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(starts.length * 2)
  larger.set(starts)
  return larger
}

/** The outline of a text that is of one kind from its first line to its last. */
export function outlineUniform(text: string, place: Place, language: Language): Outline {
  const lineStarts = findLines(text)
  const stretch = { place, language, from: 0, to: lineStarts.length - 1, section: 0 }
  return { lineStarts, stretches: [stretch], headings: [''] }
}

/** The line of an offset, counted from 0. */
export function lineAt(lineStarts: Uint32Array, offset: number): number {
  let low = 0
  let high = lineStarts.length - 1
  while (low + 1 < high) {
    const middle = (low + high) >> 1
    if ((lineStarts[middle] ?? 0) <= offset) low = middle
    else high = middle
  }
  return low
}

/** The stretch of a line, found by halving. */
export function stretchAt(outline: Outline, line: number): Stretch {
  const { stretches } = outline
  let low = 0
  let high = stretches.length
  while (low + 1 < high) {
    const middle = (low + high) >> 1
    if ((stretches[middle]?.from ?? 0) <= line) low = middle
    else high = middle
  }
  return stretches[low] ?? { place: 'prose', language: 'text', from: 0, to: 0, section: 0 }
}
