import type { Sighting } from '@countersign/core/guardrails/evidence/sighting'
import type { Marker } from '@countersign/core/guardrails/vocabulary/marker'
import type { Stretch } from '../parse/outline.ts'
import type { Text } from './find-sightings.ts'
import { judgeContext } from './judge-context.ts'

/** Tells of a match within a window of a text: where it stands, and what stands around it. */
export function describeSighting(
  text: Text,
  found: { marker: Marker; match: RegExpExecArray; line: number; stretch: Stretch },
): Sighting {
  const { marker, match, line, stretch } = found
  const window = match.input
  const heading = text.outline.headings[stretch.section] ?? ''
  const lineStart = window.lastIndexOf('\n', match.index) + 1
  const end = match.index + match[0].length
  const { hasDefensiveHeading, ...context } = judgeContext(stretch.place, {
    before: window.slice(lineStart, match.index),
    after: window.slice(end, end + 200).split('\n', 1)[0] ?? '',
    heading,
  })
  return {
    marker: marker.name,
    file: text.file,
    line: (text.standsAt?.line ?? line) + 1,
    excerpt: excerptOf(window, match.index, end),
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
