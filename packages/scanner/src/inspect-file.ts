import { hash } from 'node:crypto'
import type { FileFacts } from '@countersign/core/guardrails/evidence/file-facts'
import type { Sighting } from '@countersign/core/guardrails/evidence/sighting'
import type { BundleFile } from '@countersign/core/store/file-tree'
import type { Budget } from './budget.ts'
import { decodeLayers } from './decode/decode-layers.ts'
import { revealText } from './decode/reveal.ts'
import { collectCapabilities } from './inventory/collect-capabilities.ts'
import type { CapabilityPart } from './inventory/merge-capabilities.ts'
import { findSightings, type Text } from './match/find-sightings.ts'
import { findUnicodeTricks } from './match/find-unicode.ts'
import { readFrontMatter } from './parse/front-matter.ts'
import { lineAt, type Outline, outlineUniform, stretchAt } from './parse/outline.ts'
import { outlineMarkdown } from './parse/outline-markdown.ts'
import { classifyFile, type FileClass } from './read/classify-file.ts'
import { decodeText, type ReadText } from './read/decode-text.ts'
import { detectFormat, type Format, isHarmless } from './read/detect-format.ts'
import { findActiveContent, findScriptInMarkup, sight } from './read/find-active-content.ts'
import { measureProse } from './read/measure-prose.ts'

export interface InspectedFile {
  facts: FileFacts
  capabilities: CapabilityPart
  /** Whether every byte was looked at, or is of a kind that cannot act. */
  isAccounted: boolean
}

export interface FileTask {
  file: BundleFile
  bytes: Uint8Array
  isGenerated: boolean
  modPaths: ReadonlySet<string>
  budget: Budget
}

/** Analyses one file to small facts. What it returns holds no reference to the bytes. */
export function inspectFile(task: FileTask): InspectedFile {
  const format = detectFormat(task.bytes)
  return format === 'text' ? inspectText(task) : inspectBinary(task, format)
}

function inspectBinary({ file, bytes, isGenerated }: FileTask, format: Format): InspectedFile {
  const sightings = findActiveContent(file.path, bytes, format)
  const facts = { ...baseFacts(file, bytes, isGenerated), format, sightings: byMarker(sightings) }
  const isAccounted = isHarmless(file.path, format, bytes) && sightings.length === 0
  return { facts, capabilities: { file: file.path }, isAccounted }
}

function inspectText(task: FileTask): InspectedFile {
  const { file, bytes, isGenerated, budget } = task
  if (isGenerated) return inspectOurs(task)
  if (!budget.take('text', bytes.length)) return leaveUnread(task)
  const { path } = file
  const { text, encoding } = decodeText(bytes)
  const fileClass = classifyFile(path, text)
  const frontMatter = fileClass.isMarkdown ? readFrontMatter(text) : undefined
  const sightings = scanText({ path, text, fileClass }, budget)
  const facts: FileFacts = {
    ...baseFacts(file, bytes, isGenerated),
    role: fileClass.role,
    language: fileClass.language,
    isLoaded: fileClass.isLoaded,
    sightings: byMarker(sightings),
    frontMatter: frontMatter?.fields ?? null,
    frontMatterError: frontMatter?.error ?? null,
    prose: fileClass.isMarkdown ? measureProse(frontMatter?.body ?? text) : null,
  }
  const read = { ...task, path, text, fileClass, frontMatter: facts.frontMatter, sightings }
  const capabilities = withEncoding(collectCapabilities(read), encoding)
  return { facts, capabilities, isAccounted: true }
}

/** A file that we wrote ourselves has a role and its words, and nobody is blamed for them. */
function inspectOurs({ file, bytes, isGenerated }: FileTask): InspectedFile {
  const { text } = decodeText(bytes)
  const { role, language, isLoaded, isMarkdown } = classifyFile(file.path, text)
  const frontMatter = isMarkdown ? readFrontMatter(text) : undefined
  const facts: FileFacts = {
    ...baseFacts(file, bytes, isGenerated),
    role,
    language,
    isLoaded,
    frontMatter: frontMatter?.fields ?? null,
    frontMatterError: frontMatter?.error ?? null,
    prose: isMarkdown ? measureProse(frontMatter?.body ?? text) : null,
  }
  return { facts, capabilities: { file: file.path }, isAccounted: true }
}

/** What lies beyond the budget is told as not looked at, by a finding and as a capability. */
function leaveUnread({ file, bytes, isGenerated }: FileTask): InspectedFile {
  const { path } = file
  const { role, language, isLoaded } = classifyFile(path, '')
  const left = sight(path, 'limit', `${bytes.length} bytes were not looked through`)
  return {
    facts: {
      ...baseFacts(file, bytes, isGenerated),
      role,
      language,
      isLoaded,
      sightings: byMarker([left]),
    },
    capabilities: {
      file: path,
      unread: [{ file: path, reason: 'is beyond what is looked through' }],
    },
    isAccounted: false,
  }
}

function withEncoding(part: CapabilityPart, encoding: ReadText['encoding']): CapabilityPart {
  if (encoding !== 'unknown') return part
  const reason = 'is in an unknown encoding'
  return { ...part, unread: [...(part.unread ?? []), { file: part.file, reason }] }
}

interface ScanTask {
  path: string
  text: string
  fileClass: FileClass
}

/** Reads a text as it is, as it looks, and as what is encoded in it. */
function scanText({ path, text, fileClass }: ScanTask, budget: Budget): Sighting[] {
  const outline = fileClass.isMarkdown
    ? outlineMarkdown(text)
    : outlineUniform(text, fileClass.place, fileClass.language)
  const raw: Text = {
    file: path,
    text,
    outline,
    layer: 'raw',
    decodedFrom: [],
    isTest: fileClass.isTest,
    budget,
  }
  const { sightings, exhausted } = findSightings(raw)
  return [
    ...sightings,
    ...findUnicodeTricks(raw),
    ...findScriptInMarkup(path, text),
    ...scanView(raw, sightings),
    ...(fileClass.role === 'lockfile' ? [] : scanDecoded(raw, budget)),
    ...exhausted.map((marker) => sight(path, 'limit', `too many places that may hold “${marker}”`)),
  ]
}

/** The lines that look otherwise than they are. The others are blanked, so that nothing is told twice. */
function scanView(raw: Text, seen: readonly Sighting[]): Sighting[] {
  const revealed = revealText(raw.text)
  if (revealed === undefined) return []
  const before = raw.text.split('\n')
  const differing = revealed
    .split('\n')
    .map((line, index) => (line === before[index] ? '' : line))
    .join('\n')
  const outline: Outline = {
    ...raw.outline,
    lineStarts: outlineUniform(differing, 'prose', 'text').lineStarts,
  }
  const known = new Set(seen.map(({ marker, line }) => `${marker}:${line}`))
  return findSightings({ ...raw, text: differing, outline, layer: 'view' }).sightings.filter(
    ({ marker, line }) => !known.has(`${marker}:${line}`) && marker !== 'url',
  )
}

function scanDecoded(raw: Text, budget: Budget): Sighting[] {
  const { texts, isCutShort } = decodeLayers(raw.text)
  const found = texts.flatMap(({ text, chain, offset }) => {
    if (!budget.take('decoded', text.length)) return []
    const line = lineAt(raw.outline.lineStarts, offset)
    const around = stretchAt(raw.outline, line)
    return findSightings({
      ...raw,
      text,
      outline: outlineUniform(text, 'hidden', 'text'),
      layer: 'decoded',
      decodedFrom: chain,
      standsAt: { line, stretch: { ...around, place: 'hidden' }, section: around.section },
    }).sightings.map(asHidden)
  })
  return isCutShort
    ? [...found, sight(raw.file, 'limit', 'more is encoded than was decoded')]
    : found
}

/** An address that comes out of an encoding is one that somebody hid. */
function asHidden(sighting: Sighting): Sighting {
  return sighting.marker === 'url' ? { ...sighting, marker: 'hidden-url' } : sighting
}

function baseFacts(
  { path, size, isExecutable }: BundleFile,
  bytes: Uint8Array,
  isGenerated: boolean,
): FileFacts {
  return {
    path,
    bytes: size,
    sha256: hash('sha256', bytes),
    role: 'asset',
    language: 'other',
    isGenerated,
    isExecutable,
    isLoaded: false,
    format: 'text',
    sightings: new Map(),
    frontMatter: null,
    frontMatterError: null,
    prose: null,
  }
}

function byMarker(sightings: readonly Sighting[]): ReadonlyMap<string, readonly Sighting[]> {
  return Map.groupBy(sightings, ({ marker }) => marker)
}
