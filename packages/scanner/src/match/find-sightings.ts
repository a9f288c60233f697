import type { Layer } from '@countersign/core/guardrails/evidence/place'
import type { Sighting } from '@countersign/core/guardrails/evidence/sighting'
import type { Marker } from '@countersign/core/guardrails/vocabulary/marker'
import type { Budget } from '../budget.ts'
import { lineAt, type Outline, type Stretch, stretchAt } from '../parse/outline.ts'
import type { Hits } from './aho-corasick.ts'
import { describeSighting } from './describe-sighting.ts'
import { findFrames } from './find-frames.ts'
import { findWords, isDefensive, mayMatch, type Sought, soughtByWord } from './vocabulary-finder.ts'

/** How much of a line a pattern sees before and after the literal that called for it. */
const windowBefore = 400
const windowAfter = 800
/** How often a marker is noted in one text. More of the same proves nothing more. */
const sightingsMax = 48
/** How often a marker's pattern is tried on one text before that in itself is worth telling. */
const trialsMax = 400
/** How many different words about attacks make a text one about defence. */
const defensiveWordsMin = 3

export interface Text {
  file: string
  text: string
  outline: Outline
  layer: Layer
  decodedFrom: readonly string[]
  isTest: boolean
  budget: Budget
  /** Where a decoded text stood; its lines are not the file's lines. */
  standsAt?: { line: number; stretch: Stretch; section: number }
}

export interface Seen {
  sightings: Sighting[]
  /** Markers that were tried so often that the rest of the text was left. */
  exhausted: string[]
}

/**
 * Finds every marker of the vocabulary in a text.
 *
 * One pass finds the words; a marker's pattern is tried on a window around each that calls for it, unless
 * the window lacks another that it needs. So the time is that of the text's length and of a bounded number
 * of bounded windows.
 */
export function findSightings(text: Text): Seen {
  const search = createSearch(text)
  const defensive = new Set<number>()
  const { literals, count } = search.hits
  for (let at = 0; at < count; at++) {
    const word = literals[at] ?? 0
    if (isDefensive(word)) defensive.add(word)
    for (const sought of soughtByWord(word)) tryMarker(search, sought, at)
  }
  search.sightings.push(...findFrames(text))
  if (defensive.size >= defensiveWordsMin)
    for (const sighting of search.sightings) sighting.context.isDefensive = true
  return {
    sightings: search.sightings,
    exhausted: [...search.trials].flatMap(([{ marker }, { tried }]) =>
      tried >= trialsMax ? [marker.name] : [],
    ),
  }
}

interface Search {
  text: Text
  hits: Hits
  trials: Map<Sought, Trials>
  sightings: Sighting[]
  /** The line of the word that was looked at last. */
  line: number
}

function createSearch(text: Text): Search {
  return { text, hits: findWords(text.text), trials: new Map(), sightings: [], line: 0 }
}

interface Trials {
  tried: number
  seen: number
  /** The end of the window that was tried last: literals within it call for nothing new. */
  coveredTo: number
  /** The end of the last match: what stands before it has been told. */
  matchedTo: number
}

/** Tries the pattern of a marker around the hit that calls for it. */
function tryMarker(search: Search, sought: Sought, at: number): void {
  const { text, hits } = search
  const { marker } = sought
  const trials = trialsOf(search, sought)
  const end = hits.ends[at] ?? 0
  if (end <= trials.coveredTo || trials.tried >= trialsMax || trials.seen >= sightingsMax) return
  const line = lineOfHit(search, end)
  const stretch = text.standsAt?.stretch ?? stretchAt(text.outline, line)
  if (marker.places && !marker.places.includes(stretch.place)) return
  const window = openWindow(text, trials, { marker, line, end, stretch })
  if (!window || !mayMatch(sought, hits, at, window)) return
  const match = marker.pattern.exec(text.text.slice(window.from, window.to))
  if (!match) return
  trials.seen += 1
  trials.matchedTo = window.from + match.index + match[0].length
  const found = lineAt(text.outline.lineStarts, window.from + match.index)
  search.sightings.push(describeSighting(text, { marker, match, line: found, stretch }))
}

/** The window that a pattern is tried on, which counts as a trial; none if the budget has no room for it. */
function openWindow(
  text: Text,
  trials: Trials,
  { marker, line, end, stretch }: { marker: Marker; line: number; end: number; stretch: Stretch },
): Window | undefined {
  trials.tried += 1
  const window = windowAround(text, {
    line,
    end,
    reach: marker.reach ?? 0,
    since: Math.max(trials.matchedTo, text.outline.lineStarts[stretch.from] ?? 0),
  })
  if (!text.budget.take('window', Math.max(0, window.to - window.from))) {
    trials.tried = trialsMax
    return undefined
  }
  trials.coveredTo = Math.min(window.to, end + windowAfter / 2, lineEnd(text, line))
  return window
}

function trialsOf({ trials }: Search, sought: Sought): Trials {
  const known = trials.get(sought)
  if (known) return known
  const fresh = { tried: 0, seen: 0, coveredTo: -1, matchedTo: 0 }
  trials.set(sought, fresh)
  return fresh
}

/** The line of a hit that is not before the one that was asked for last. */
function lineOfHit(search: Search, end: number): number {
  const { lineStarts } = search.text.outline
  while ((lineStarts[search.line + 1] ?? Number.POSITIVE_INFINITY) < end) search.line += 1
  return search.line
}

function lineEnd({ text, outline }: Text, line: number): number {
  return (outline.lineStarts[line + 1] ?? text.length + 1) - 1
}

interface Window {
  from: number
  to: number
}

function windowAround(
  { text, outline: { lineStarts } }: Text,
  { line, end, reach, since }: { line: number; end: number; reach: number; since: number },
): Window {
  const lastLine = Math.min(line + reach + 1, lineStarts.length - 1)
  const near = Math.max(lineStarts[line] ?? 0, end - windowBefore)
  const far = Math.max(lineStarts[Math.max(0, line - reach)] ?? 0, since, end - windowBefore)
  const from = Math.min(near, far)
  const to = Math.min((lineStarts[lastLine] ?? text.length + 1) - 1, end + windowAfter)
  return { from, to }
}
