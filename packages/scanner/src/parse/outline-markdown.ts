import type { Language, Place } from '@countersign/core/guardrails/evidence/place'
import { findLines, type Outline, type Stretch } from './outline.ts'
import { beginsPlainly, createMarkFinder, type Range } from './plain-lines.ts'

/** What the text of a line is. */
interface Kind {
  place: Place
  language: Language
}

/** What a line of Markdown is read under: each line may change it. */
interface Reading {
  fence: { mark: string; kind: Kind } | undefined
  isComment: boolean
  isHiddenElement: boolean
  trail: string[]
}

/**
 * Tells the places of a Markdown document line by line: front matter, headings, prose, quotes, tables,
 * fenced blocks with their language, comments and elements that no reader sees.
 *
 * A line scanner and not a full parser: it never backs up, so a hostile document costs what its length
 * costs, and what is ambiguous is read as prose, where the most rules look.
 */
export function outlineMarkdown(text: string): Outline {
  const lineStarts = findLines(text)
  const total = lineStarts.length - 1
  const stretches: Stretch[] = []
  const headings = ['']
  const reading: Reading = {
    fence: undefined,
    isComment: false,
    isHiddenElement: false,
    trail: [],
  }
  const [startOf, endOf] = [
    (line: number) => lineStarts[line] ?? 0,
    (line: number) => (lineStarts[line + 1] ?? 0) - 1,
  ]
  const lineOf = (line: number): string =>
    text.slice(startOf(line), Math.min(endOf(line), startOf(line) + 400))

  let line = skipFrontMatter(lineOf, total)
  if (line > 0)
    stretches.push({ place: 'front_matter', language: 'yaml', from: 0, to: line, section: 0 })
  const hasMarkIn = createMarkFinder(text)
  let before: Kind | undefined
  for (; line < total; line++) {
    const range = { from: startOf(line), to: endOf(line) }
    const atSight = hasMarkIn(range) ? undefined : kindAtSight(text, range, reading)
    if (!continues(stretches, line, { atSight, before })) {
      const content = lineOf(line)
      const kind = atSight ?? readLine(content, reading)
      noteHeading({ stretches, headings }, { kind, content, trail: reading.trail })
      extend(stretches, { ...kind, from: line, to: line + 1, section: headings.length - 1 })
    }
    before = atSight
  }
  return { lineStarts, stretches, headings }
}

function noteHeading(
  { stretches, headings }: { stretches: readonly Stretch[]; headings: string[] },
  { kind, content, trail }: { kind: Kind; content: string; trail: string[] },
): void {
  if (kind.place === 'heading' && stretches.length <= stretchesMax)
    headings.push(enterSection(content, trail))
}

/** The kind of a line without any mark on it, if it can be told without reading it, as of most lines. */
function kindAtSight(
  text: string,
  range: Range,
  { fence, isComment, isHiddenElement }: Reading,
): Kind | undefined {
  if (fence) return fence.kind
  if (isComment || isHiddenElement) return undefined
  return beginsPlainly(text, range) ? prose : undefined
}

/** Lets the last stretch take in a line that is told at sight to be of the same kind as the one before. */
function continues(
  stretches: readonly Stretch[],
  line: number,
  { atSight, before }: { atSight: Kind | undefined; before: Kind | undefined },
): boolean {
  const last = stretches.at(-1)
  if (!last || !atSight || atSight !== before) return false
  last.to = line + 1
  return true
}

/** The number of lines that the front matter takes, with both its marks; 0 if there is none. */
function skipFrontMatter(lineOf: (line: number) => string, total: number): number {
  if (!/^\uFEFF?---\s*$/.test(lineOf(0))) return 0
  for (let line = 1; line < total; line++) if (/^---\s*$/.test(lineOf(line))) return line + 1
  return 0
}

function readLine(line: string, reading: Reading): Kind {
  if (reading.fence) return readFenced(line, reading, reading.fence)
  if (reading.isComment) {
    if (line.includes('-->')) reading.isComment = false
    return { place: 'hidden', language: 'markup' }
  }
  const fence = openFence(line)
  if (fence) {
    reading.fence = fence
    return fence.kind
  }
  return readOpen(line, reading)
}

const prose = { place: 'prose', language: 'text' } as const

function readFenced(line: string, reading: Reading, fence: NonNullable<Reading['fence']>): Kind {
  const closing = line.trim().replace(/^(?:>\s*)+/, '')
  if (closing.startsWith(fence.mark) && /^(`+|~+)\s*$/.test(closing)) reading.fence = undefined
  return fence.kind
}

function openFence(line: string): Reading['fence'] {
  const match = /^(?:\s|>|[-*+]\s|\d+\.\s)*(`{3,}|~{3,})\s*\{?\.?([^\s`{},]*)/.exec(line)
  if (!match?.[1]) return undefined
  if (match[1].startsWith('`') && line.slice(match.index + match[0].length).includes('`'))
    return undefined
  const info = (match[2] ?? '').toLowerCase()
  const place = info.startsWith('!') ? 'injected' : 'code'
  return { mark: match[1], kind: { place, language: languageOfFence(info) } }
}

function readOpen(line: string, reading: Reading): Kind {
  const opened = line.lastIndexOf('<!--')
  if (opened !== -1) {
    reading.isComment = !line.includes('-->', opened)
    return { place: 'hidden', language: 'markup' }
  }
  if (isHiddenLine(line, reading)) return { place: 'hidden', language: 'markup' }
  const place = placeOf(line)
  return { place, language: place === 'injected' ? 'shell' : 'text' }
}

/** An element that a style takes out of sight, or a link definition that is used as a comment. */
function isHiddenLine(line: string, reading: Reading): boolean {
  if (reading.isHiddenElement) {
    if (/<\/(?:div|span|p|details|section|font)>/i.test(line)) reading.isHiddenElement = false
    return true
  }
  if (/^\s*\[(?:\/\/|comment|_|#|[^\]]{0,20})\]:\s*(?:#|<>)\s*["'(]/i.test(line)) return true
  if (!hiddenStyle.test(line)) return false
  reading.isHiddenElement = !/<\/(?:div|span|p|details|section|font)>/i.test(line)
  return true
}

const hiddenStyle =
  /<(?:div|span|p|section|font)\b[^>]{0,200}(?:display:\s*none|visibility:\s*hidden|font-size:\s*[01](?:px|pt|em)?\b|opacity:\s*0(?:\.0+)?\b|color:\s*(?:white|#fff(?:fff)?|transparent)\b|\shidden\b)/i

function placeOf(line: string): Place {
  if (/^\s{0,3}#{1,6}\s/.test(line)) return 'heading'
  if (/(?:^|\s)!`[^`]/.test(line)) return 'injected'
  if (/^\s*\|.*\|/.test(line)) return 'table'
  if (/^\s{0,3}>/.test(line)) return 'quote'
  return 'prose'
}

/** Notes the heading, and gives the words of it and of those above it. */
function enterSection(line: string, trail: string[]): string {
  const depth = /#+/.exec(line)?.[0].length ?? 1
  trail.length = Math.min(trail.length, depth - 1)
  while (trail.length < depth - 1) trail.push('')
  trail.push(line.replace(/[#*`]/g, '').trim().toLowerCase())
  return trail.join(' › ')
}

/** Beyond so many stretches, a document is read as prose to its end: nothing looks at more of it. */
const stretchesMax = 6_000

function extend(stretches: Stretch[], next: Stretch): void {
  if (stretches.length > stretchesMax) next.place = 'prose'
  if (stretches.length > stretchesMax + 1) next.section = stretches.at(-1)?.section ?? 0
  const last = stretches.at(-1)
  const continues =
    last &&
    last.place === next.place &&
    (last.language === next.language || stretches.length > stretchesMax + 1) &&
    last.section === next.section &&
    next.place !== 'heading'
  if (continues) last.to = next.to
  else stretches.push(next)
}

/** The language of a fenced block by its info string. A block without one is taken for shell. */
function languageOfFence(info: string): Language {
  if (info.startsWith('!')) return 'shell'
  return fenceLanguages.get(info) ?? (info === '' ? 'text' : 'other')
}

const fenceLanguages = new Map<string, Language>(
  Object.entries({
    shell: 'bash sh shell zsh console terminal shell-session shellsession fish ksh',
    powershell: 'powershell ps1 pwsh cmd bat batch dos',
    python: 'python py python3 ipython',
    javascript: 'javascript js typescript ts jsx tsx mjs node',
    json: 'json jsonc json5',
    yaml: 'yaml yml toml ini',
    markup: 'html xml svg vue',
  }).flatMap(([language, names]) => names.split(' ').map((name) => [name, language as Language])),
)
