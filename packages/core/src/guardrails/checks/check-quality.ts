import type { BundleFacts } from '../evidence/bundle-facts.ts'
import type { FileFacts } from '../evidence/file-facts.ts'
import type { Check } from '../inspection.ts'
import { describeIssue, type Issue } from './issue.ts'

const linesMax = 500
const charactersPerToken = 4
const tokensMax = 5_000
const stockPhrasesMax = 4

/** What could be better. Never blocks. */
export function checkQuality(bundle: BundleFacts): Check {
  const paths = new Set(bundle.files.map(({ path }) => path))
  const issues = bundle.files
    .filter(({ isLoaded, isGenerated }) => isLoaded && !isGenerated)
    .flatMap((file) => [...checkSize(file), ...checkLeftovers(file), ...checkLinks(file, paths)])
  const all = [...issues, ...checkLicence(bundle, paths)]
  return { status: all.length > 0 ? 'warn' : 'pass', findings: all.map(describeIssue) }
}

function checkSize({ path, prose }: FileFacts): Issue[] {
  const tokens = Math.ceil((prose?.characters ?? 0) / charactersPerToken)
  if (!prose || (prose.lines <= linesMax && tokens <= tokensMax)) return []
  return [
    {
      ...weak,
      id: 'QUA-010',
      code: 'body_too_long',
      file: path,
      field: 'body',
      problem: `has ${prose.lines} lines, about ${tokens} tokens in every session that uses it`,
      hint: 'Move details into files of their own, and link to them where they are needed.',
    },
  ]
}

function checkLeftovers({ path, prose }: FileFacts): Issue[] {
  if (!prose) return []
  const issues: Issue[] = []
  if (prose.todos > 0)
    issues.push({
      ...weak,
      id: 'QUA-011',
      code: 'todo_left',
      file: path,
      field: 'body',
      problem: `holds ${prose.todos} lone TODOs`,
      hint: 'Do it, or leave it out.',
    })
  if (prose.placeholders > 0)
    issues.push({
      ...weak,
      severity: 'info',
      id: 'QUA-012',
      code: 'placeholders',
      file: path,
      field: 'body',
      problem: `holds ${prose.placeholders} tokens of the form {{…}}`,
      hint: 'If they are filled in at use, say who fills them in; otherwise replace them. `$ARGUMENTS` is filled in by Claude Code.',
    })
  if (prose.stockPhrases > stockPhrasesMax)
    issues.push({
      ...weak,
      severity: 'info',
      id: 'QUA-013',
      code: 'stock_phrases',
      file: path,
      field: 'body',
      problem: `holds ${prose.stockPhrases} stock phrases that say nothing`,
      hint: 'Write what is special to this task.',
    })
  return issues
}

function checkLinks({ path, prose }: FileFacts, paths: ReadonlySet<string>): Issue[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return (prose?.links ?? [])
    .filter(({ target }) => !resolves(folder, target, paths))
    .slice(0, 5)
    .map(({ target, line }) => ({
      ...weak,
      id: 'QUA-014',
      code: 'dead_link',
      file: path,
      line,
      field: 'body',
      value: target,
      problem: `links to ${target}, which is not in the bundle`,
      hint: 'Correct the path, or add the file.',
    }))
}

function resolves(folder: string, target: string, paths: ReadonlySet<string>): boolean {
  const path = new URL(target, `file:///${folder}`).pathname.slice(1)
  const decoded = safeDecode(path)
  return (
    paths.has(decoded) ||
    [...paths].some((known) => known.startsWith(`${decoded.replace(/\/$/, '')}/`))
  )
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function checkLicence({ manifest }: BundleFacts, paths: ReadonlySet<string>): Issue[] {
  const hasFile = [...paths].some((path) => /(?:^|\/)licen[cs]e(?:\.\w+)?$/i.test(path))
  if (hasFile || manifest.fields.license || manifest.parseError !== null) return []
  return [
    {
      ...weak,
      severity: 'info',
      id: 'QUA-015',
      code: 'no_licence',
      file: manifest.path,
      field: 'license',
      problem: 'is missing',
      hint: 'Add `license:` with an SPDX name, or a LICENSE file.',
    },
  ]
}

const weak = { tier: 'annotate', severity: 'low' } as const
