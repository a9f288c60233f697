import type { Layer } from '@countersign/core/guardrails/evidence/place'
import type { Sighting } from '@countersign/core/guardrails/evidence/sighting'
import type { Marker } from '@countersign/core/guardrails/vocabulary/marker'
import { vocabulary } from '@countersign/core/guardrails/vocabulary/vocabulary'
import type { Budget } from '../budget.ts'
import { lineAt, type Outline, type Stretch, stretchAt } from '../parse/outline.ts'
import { createLiteralFinder } from './aho-corasick.ts'
import { findFrames } from './find-frames.ts'
import { judgeContext } from './judge-context.ts'

/** How much of a line a pattern sees before and after the literal that called for it. */
const windowBefore = 400
const windowAfter = 800
/** How often a marker is noted in one text. More of the same proves nothing more. */
const sightingsMax = 48
/** How often a marker's pattern is tried on one text before that in itself is worth telling. */
const trialsMax = 400
/** How many different words about attacks make a text one about defence. */
const defensiveWordsMin = 3

const atoms = [...new Set([...vocabulary.flatMap(({ atoms }) => atoms), ...defensiveAtoms()])]
const finder = createLiteralFinder(atoms)
const markersOf: readonly Marker[][] = atoms.map((atom) =>
  vocabulary.filter((marker) => marker.atoms.includes(atom)),
)
const firstDefensive = atoms.length - defensiveAtoms().length

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
 * One pass finds the literals; a marker's pattern is tried on a window around each, so that the time
 * is that of the text's length and of a bounded number of bounded windows.
 */
export function findSightings(text: Text): Seen {
  const search: Search = { text, trials: new Map(), sightings: [], line: 0 }
  const defensive = new Set<number>()
  const { lineStarts } = text.outline
  finder.scan(text.text, (atom, end) => {
    while ((lineStarts[search.line + 1] ?? Number.POSITIVE_INFINITY) < end) search.line += 1
    if (atom >= firstDefensive) defensive.add(atom)
    for (const marker of markersOf[atom] ?? []) tryMarker(search, marker, end)
  })
  search.sightings.push(...findFrames(text))
  if (defensive.size >= defensiveWordsMin)
    for (const sighting of search.sightings) sighting.context.isDefensive = true
  return {
    sightings: search.sightings,
    exhausted: [...search.trials].flatMap(([{ name }, { tried }]) =>
      tried >= trialsMax ? [name] : [],
    ),
  }
}

interface Search {
  text: Text
  trials: Map<Marker, Trials>
  sightings: Sighting[]
  /** The line of the literal that was found last. */
  line: number
}

interface Trials {
  tried: number
  seen: number
  /** The end of the window that was tried last: literals within it call for nothing new. */
  coveredTo: number
  /** The end of the last match: what stands before it has been told. */
  matchedTo: number
}

function tryMarker(search: Search, marker: Marker, end: number): void {
  const { text, line } = search
  const trials = search.trials.get(marker) ?? {
    tried: 0,
    seen: 0,
    coveredTo: -1,
    matchedTo: 0,
  }
  search.trials.set(marker, trials)
  if (end <= trials.coveredTo || trials.tried >= trialsMax || trials.seen >= sightingsMax) return
  const stretch = text.standsAt?.stretch ?? stretchAt(text.outline, line)
  if (marker.places && !marker.places.includes(stretch.place)) return
  trials.tried += 1
  const window = windowAround(text, {
    line,
    end,
    reach: marker.reach ?? 0,
    since: Math.max(trials.matchedTo, text.outline.lineStarts[stretch.from] ?? 0),
  })
  if (!text.budget.take('window', window.text.length)) {
    trials.tried = trialsMax
    return
  }
  trials.coveredTo = Math.min(window.to, end + windowAfter / 2, lineEnd(text, line))
  const match = marker.pattern.exec(window.text)
  if (!match) return
  trials.seen += 1
  trials.matchedTo = window.from + match.index + match[0].length
  const found = lineAt(text.outline.lineStarts, window.from + match.index)
  search.sightings.push(describe(text, { marker, match, window, line: found, stretch }))
}

function lineEnd({ text, outline }: Text, line: number): number {
  return (outline.lineStarts[line + 1] ?? text.length + 1) - 1
}

interface Window {
  from: number
  to: number
  text: string
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
  return { from, to, text: text.slice(from, to) }
}

function describe(
  text: Text,
  found: { marker: Marker; match: RegExpExecArray; window: Window; line: number; stretch: Stretch },
): Sighting {
  const { marker, match, window, line, stretch } = found
  const heading = text.outline.headings[stretch.section] ?? ''
  const lineStart = window.text.lastIndexOf('\n', match.index) + 1
  const end = match.index + match[0].length
  const { hasDefensiveHeading, ...context } = judgeContext(stretch.place, {
    before: window.text.slice(lineStart, match.index),
    after: window.text.slice(end, end + 200).split('\n', 1)[0] ?? '',
    heading,
  })
  return {
    marker: marker.name,
    file: text.file,
    line: (text.standsAt?.line ?? line) + 1,
    excerpt: excerptOf(window.text, match.index, end),
    detail: match.slice(1).find((group) => group !== undefined) ?? '',
    place: stretch.place,
    language: stretch.language,
    layer: text.layer,
    decodedFrom: text.decodedFrom,
    section: text.standsAt?.section ?? stretch.section,
    context: { ...context, isDefensive: hasDefensiveHeading, isTest: text.isTest },
  }
}

/** The match, with what fits of its line around it. */
function excerptOf(window: string, from: number, to: number): string {
  const start = Math.max(window.lastIndexOf('\n', from) + 1, from - 60)
  const stop = window.indexOf('\n', to)
  return window
    .slice(start, Math.min(stop === -1 ? window.length : stop, Math.max(to, start + 240)))
    .slice(0, 400)
}

/** Words that a text about attacks is full of, and that one which attacks avoids. */
function defensiveAtoms(): string[] {
  return [
    'vulnerab',
    'owasp',
    'cve-',
    'cwe-',
    'penetration test',
    'pentest',
    'mitre',
    'exploit',
    'malware',
    'threat model',
    'red team',
    'remediation',
    'forensic',
    'incident response',
    'security review',
    'security audit',
    'hardening',
    'attack surface',
    'attack vector',
    'mitigat',
    'security scan',
    'threat hunt',
    'adversar',
    'attacker',
  ]
}
