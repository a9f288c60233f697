import type { Sighting } from '@countersign/core/guardrails/evidence/sighting'
import { readTagCharacters } from '../decode/reveal.ts'
import { lineAt, stretchAt } from '../parse/outline.ts'
import type { Text } from './find-sightings.ts'
import { characterKinds, surveyCharacters } from './survey-characters.ts'

/** What is looked for among the characters themselves. Runs only; none can backtrack. */
const tricks: readonly {
  marker: string
  /** What every run holds: most texts hold none of it, and need no closer look. */
  kind?: keyof typeof characterKinds
  pattern: RegExp
  isTrick(run: string): boolean
}[] = [
  {
    marker: 'tag-characters',
    kind: 'tag',
    pattern: /(?<!\u{1F3F4}[\u{E0020}-\u{E007F}]{0,8})[\u{E0020}-\u{E007E}]{4,}/gu,
    isTrick: (run) => readTagCharacters(run).length >= 4,
  },
  {
    marker: 'variation-data',
    kind: 'variation',
    pattern: /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]{4,}/gu,
    isTrick: () => true,
  },
  {
    marker: 'zero-width-bits',
    kind: 'invisible',
    pattern: /[\u200B-\u200D\u2060-\u2064\uFEFF\u180E]{12,}/gu,
    isTrick: () => true,
  },
  {
    marker: 'zero-width-word',
    kind: 'invisible',
    pattern:
      /[A-Za-z]{1,24}[\u200B-\u200D\u2060-\u2064\u00AD\u180E]+[A-Za-z]{1,24}(?:[\u200B-\u200D\u2060-\u2064\u00AD\u180E]+[A-Za-z]{1,24})*/gu,
    isTrick: (run) => !/^[A-Za-z]+\u00AD/.test(run) || (run.match(/\u00AD/g)?.length ?? 0) > 3,
  },
  {
    marker: 'bidi',
    kind: 'bidi',
    pattern: /[\u202A-\u202E\u2066-\u2069]/gu,
    isTrick: () => true,
  },
  {
    marker: 'mixed-script',
    kind: 'otherScript',
    pattern:
      /(?:[A-Za-z][A-Za-z0-9._-]{0,40}[\u0370-\u03FF\u0400-\u04FF\u0500-\u058F]|[\u0400-\u04FF][A-Za-z])[\w.\u0370-\u03FF\u0400-\u04FF-]{0,40}/gu,
    isTrick: (run) => (run.match(/[A-Za-z]/g)?.length ?? 0) >= 3 && !/[µΩμπσΔλαβγ]/.test(run),
  },
  {
    marker: 'blank-run',
    pattern: /\S[ \t\u3000\u2800]{600,}\S/gu,
    isTrick: () => true,
  },
]

const perTrickMax = 16
const blankRunMin = 600

/** Finds characters that hide, reorder or imitate text. */
export function findUnicodeTricks(text: Text): Sighting[] {
  const held = surveyCharacters(text.text)
  return tricks
    .filter(({ kind }) => (kind ? (held & characterKinds[kind]) !== 0 : hasLongLine(text)))
    .flatMap((trick) => findTrick(text, trick))
}

/** A run of blanks that pushes text out of sight stands on a line that is longer than any screen. */
function hasLongLine({ outline: { lineStarts } }: Text): boolean {
  return lineStarts.some((start, line) => (lineStarts[line + 1] ?? start) - start > blankRunMin)
}

function findTrick(text: Text, { marker, pattern, isTrick }: (typeof tricks)[number]): Sighting[] {
  const found: Sighting[] = []
  for (const match of text.text.matchAll(pattern)) {
    if (isTrick(match[0])) found.push(describeTrick(text, marker, match))
    if (found.length >= perTrickMax) break
  }
  return found
}

function describeTrick(text: Text, marker: string, match: RegExpExecArray): Sighting {
  const line = lineAt(text.outline.lineStarts, match.index)
  const stretch = stretchAt(text.outline, line)
  const from = Math.max(text.outline.lineStarts[line] ?? 0, match.index - 40)
  return {
    marker,
    file: text.file,
    line: line + 1,
    excerpt:
      text.text.slice(from, match.index + Math.min(match[0].length, 160) + 20).split('\n', 1)[0] ??
      '',
    detail:
      marker === 'tag-characters'
        ? readTagCharacters(match[0]).slice(0, 200)
        : match[0].slice(0, 60),
    place: stretch.place,
    language: stretch.language,
    layer: 'raw',
    decodedFrom: [],
    section: stretch.section,
    context: {
      isNegated: false,
      isQuoted: false,
      isInlineCode: false,
      isDefensive: false,
      isTest: text.isTest,
    },
  }
}
