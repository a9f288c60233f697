import type { BundleFacts } from '../evidence/bundle-facts.ts'
import type { AuthorManifest, Check } from '../inspection.ts'
import { checkComponents } from './check-components.ts'
import { checkName } from './check-name.ts'
import { describeIssue, type Issue } from './issue.ts'

const descriptionMax = 1_024

/** Whether the bundle has the form that Claude Code loads. Most faults block: it would not load, or not as meant. */
export function checkManifest(bundle: BundleFacts): Check {
  const { manifest, type } = bundle
  const issues =
    manifest.parseError === null
      ? [...checkFields(manifest, type), ...checkComponents(bundle)]
      : [unreadable(manifest)]
  const isBlocked = issues.some(({ tier }) => tier === 'block')
  return {
    status: isBlocked ? 'fail' : issues.length > 0 ? 'warn' : 'pass',
    findings: issues.map(describeIssue),
  }
}

function unreadable({ path, parseError }: AuthorManifest): Issue {
  const kind = path.endsWith('.json') ? 'JSON' : 'YAML'
  return {
    id: 'MAN-001',
    code: 'manifest_unreadable',
    tier: 'block',
    severity: 'high',
    file: path,
    field: kind === 'JSON' ? 'manifest' : 'front matter',
    problem: `cannot be read: ${parseError}`,
    hint: `Correct the ${kind}. Put values with a colon in quotes.`,
  }
}

function checkFields(manifest: AuthorManifest, type: BundleFacts['type']): Issue[] {
  const { fields } = manifest
  const isNameNeeded = type !== 'skill' || fields.name !== undefined
  return [
    ...(isNameNeeded ? checkName(manifest, type) : []),
    ...(type === 'plugin' ? checkPluginFields(manifest) : checkRequiredDescription(manifest)),
    ...(type === 'agent' ? checkAgentFields(manifest) : []),
  ]
}

function checkRequiredDescription({ path, fields }: AuthorManifest): Issue[] {
  const description = fields.description
  const at = { file: path, field: 'description' } as const
  if (typeof description !== 'string' || description.trim() === '')
    return [
      {
        ...at,
        tier: 'block',
        severity: 'high',
        id: 'MAN-007',
        code: 'description_missing',
        problem: 'is required',
        hint: 'Add `description:`: what it does, and when to use it.',
      },
    ]
  if (description.length > descriptionMax)
    return [
      {
        ...at,
        tier: 'annotate',
        severity: 'low',
        id: 'MAN-008',
        code: 'description_too_long',
        value: description,
        problem: `has ${description.length} characters, and is cut at ${descriptionMax}`,
        hint: 'Say the most important things first, and less.',
      },
    ]
  return []
}

function checkPluginFields({ path, fields }: AuthorManifest): Issue[] {
  const issues: Issue[] = []
  const at = { file: path, severity: 'high', tier: 'block' } as const
  const { homepage, author, description } = fields
  if (homepage !== undefined && !(typeof homepage === 'string' && URL.canParse(homepage)))
    issues.push({
      ...at,
      id: 'MAN-009',
      code: 'homepage_invalid',
      field: 'homepage',
      value: String(homepage),
      problem: 'is no URL, and the plugin would not load',
      hint: 'Write a full URL, beginning with https://.',
    })
  if (
    author !== undefined &&
    !(typeof author === 'string' || (isRecord(author) && typeof author.name === 'string'))
  )
    issues.push({
      ...at,
      id: 'MAN-010',
      code: 'author_invalid',
      field: 'author',
      problem: 'has no name',
      hint: 'Write `"author": {"name": "…"}`.',
    })
  if (typeof description !== 'string' || description.trim() === '')
    issues.push({
      ...at,
      tier: 'annotate',
      severity: 'low',
      id: 'MAN-007',
      code: 'description_missing',
      field: 'description',
      problem: 'is missing',
      hint: 'Add a description: what it does, and when to use it.',
    })
  return issues
}

/** Fields that an agent of a plugin may have, and that Claude Code ignores there. */
function checkAgentFields({ path, fields }: AuthorManifest): Issue[] {
  return ['permissionMode', 'hooks', 'mcpServers', 'initialPrompt']
    .filter((field) => fields[field] !== undefined)
    .map(
      (field) =>
        ({
          id: 'MAN-011',
          code: 'field_ignored',
          tier: 'annotate',
          severity: 'low',
          file: path,
          field,
          problem: 'is ignored in agents that are served as plugins',
          hint: 'Remove it, or do without what it was meant to do.',
        }) as const,
    )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
