import type { BundleFacts } from '../evidence/bundle-facts.ts'
import type { FileFacts } from '../evidence/file-facts.ts'
import type { Check } from '../inspection.ts'
import { describeIssue, type Issue } from './issue.ts'

const floors = { description: 60, command: 25, words: 5, body: 200 }

/** Words that stand where an author has yet to write. */
const placeholder =
  /\b(?:todo|tbd|fixme|lorem ipsum|your description here|insert description|description goes here|placeholder|describe (?:your|what) (?:skill|this) here)\b|\{\{\s*[\w.-]{1,60}\s*\}\}|<(?:description|your[ -][a-z -]{1,30})>/i

/** Whether the bundle says enough of itself for anyone to choose it, and enough to be of use. */
export function checkContent(bundle: BundleFacts): Check {
  const issues = [
    ...checkDescription(bundle.metadata.description, {
      file: null,
      field: 'description',
      floor: floors.description,
    }),
    ...checkManifestDescription(bundle),
    ...bundle.files
      .filter(({ isLoaded, isGenerated, prose }) => isLoaded && !isGenerated && prose)
      .flatMap(checkLoaded),
  ]
  return { status: issues.length > 0 ? 'fail' : 'pass', findings: issues.map(describeIssue) }
}

function checkManifestDescription({ manifest }: BundleFacts): Issue[] {
  const description = manifest.fields.description
  if (manifest.parseError !== null || description === undefined) return []
  return checkDescription(textOf(description), {
    file: manifest.path,
    field: 'description',
    floor: floors.description,
  })
}

function checkLoaded(file: FileFacts): Issue[] {
  const isCommand = /(?:^|\/)commands\//.test(file.path)
  return [
    ...(isCommand ? checkCommand(file) : []),
    ...(isCommand || /(?:^|\/)output-styles\//.test(file.path) ? [] : checkBody(file)),
  ]
}

function checkCommand({ path, frontMatter }: FileFacts): Issue[] {
  const description = frontMatter?.description
  if (description === undefined) return []
  return checkDescription(textOf(description), {
    file: path,
    field: 'description',
    floor: floors.command,
  })
}

function checkBody({ path, prose }: FileFacts): Issue[] {
  const characters = prose?.characters ?? 0
  if (characters >= floors.body) return []
  return [
    {
      id: 'QUA-003',
      code: 'body_too_short',
      tier: 'block',
      severity: 'medium',
      file: path,
      field: 'body',
      problem: `has ${characters} characters, and needs ${floors.body}`,
      hint: `Write at least ${floors.body - characters} more characters: when to use it, the steps, and what the result looks like.`,
    },
  ]
}

function checkDescription(
  text: string,
  { file, field, floor }: { file: string | null; field: string; floor: number },
): Issue[] {
  const at = { tier: 'block', severity: 'medium', file, field, value: text } as const
  const trimmed = text.trim()
  const words = new Set(trimmed.toLowerCase().match(/[\p{L}\p{N}]+/gu))
  const issues: Issue[] = []
  if ([...trimmed].length < floor)
    issues.push({
      ...at,
      id: 'QUA-001',
      code: 'description_too_short',
      problem: `has ${[...trimmed].length} characters, and needs ${floor}`,
      hint: `Add ${floor - [...trimmed].length} characters or more: what it does, and when to use it.`,
    })
  else if (words.size < floors.words)
    issues.push({
      ...at,
      id: 'QUA-001',
      code: 'description_too_few_words',
      problem: `has ${words.size} different words, and needs ${floors.words}`,
      hint: 'Say in a full sentence what it does and when to use it.',
    })
  const found = placeholder.exec(trimmed)
  if (found)
    issues.push({
      ...at,
      id: 'QUA-002',
      code: 'description_placeholder',
      problem: `still holds the placeholder “${found[0]}”`,
      hint: `Replace “${found[0]}” by what it stands for.`,
    })
  return issues
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
