import type { BundleFacts } from '../evidence/bundle-facts.ts'
import type { Issue } from './issue.ts'

const components = [
  'skills',
  'commands',
  'agents',
  'hooks',
  'mcpServers',
  'lspServers',
  'outputStyles',
  'workflows',
]
const events = new Set(
  'SessionStart Setup UserPromptSubmit UserPromptExpansion PreToolUse PermissionRequest PermissionDenied PostToolUse PostToolUseFailure PostToolBatch Notification MessageDisplay SubagentStart SubagentStop TaskCreated TaskCompleted Stop StopFailure TeammateIdle InstructionsLoaded ConfigChange CwdChanged DirectoryAdded FileChanged WorktreeCreate WorktreeRemove PreCompact PostCompact Elicitation ElicitationResult SessionEnd'.split(
    ' ',
  ),
)

/** Whether what a manifest, a hooks file or an `.mcp.json` points to is there and has the form that it must have. */
export function checkComponents(bundle: BundleFacts): Issue[] {
  return [
    ...(bundle.type === 'plugin' ? checkPaths(bundle) : []),
    ...checkUnread(bundle),
    ...checkHooks(bundle),
    ...checkServers(bundle),
  ]
}

function checkPaths({ manifest, files }: BundleFacts): Issue[] {
  const paths = files.map(({ path }) => path)
  return components.flatMap((field) =>
    listPaths(manifest.fields[field]).flatMap((path): Issue[] => {
      const at = {
        tier: 'block',
        severity: 'high',
        file: manifest.path,
        field,
        value: path,
      } as const
      if (!path.startsWith('./') || /(?:^|\/)\.\.(?:\/|$)/.test(path))
        return [
          {
            ...at,
            id: 'MAN-020',
            code: 'path_outside',
            problem: `points to ${path}, which is not a path inside the bundle`,
            hint: 'Begin the path with ./ and stay inside.',
          },
        ]
      const wanted = path.slice(2).replace(/\/$/, '')
      if (
        wanted === '' ||
        paths.some((known) => known === wanted || known.startsWith(`${wanted}/`))
      )
        return []
      return [
        {
          ...at,
          id: 'MAN-021',
          code: 'path_missing',
          problem: `points to ${path}, which is not in the bundle`,
          hint: 'Add the file, or correct the path.',
        },
      ]
    }),
  )
}

function listPaths(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

function checkUnread({ capabilities, files }: BundleFacts): Issue[] {
  const roles = new Map(files.map(({ path, role }) => [path, role]))
  return capabilities.unread
    .filter(
      ({ file, reason }) =>
        reason === 'is no valid JSON' &&
        ['hooks', 'mcp', 'manifest'].includes(roles.get(file) ?? ''),
    )
    .map(
      ({ file }) =>
        ({
          id: 'MAN-022',
          code: 'json_invalid',
          tier: 'block',
          severity: 'high',
          file,
          field: 'file',
          problem: 'is no valid JSON',
          hint: 'Correct it: Claude Code would not load it.',
        }) as const,
    )
}

function checkHooks({ capabilities }: BundleFacts): Issue[] {
  return capabilities.hooks.flatMap(({ event, type, target, file }): Issue[] => {
    const at = { file, field: `hooks.${event}`, value: target } as const
    if (!events.has(event))
      return [
        {
          ...at,
          id: 'MAN-023',
          code: 'hook_event_unknown',
          tier: 'annotate',
          severity: 'low',
          problem: 'is no event that is known',
          hint: 'Check the spelling of the event.',
        },
      ]
    if (!['command', 'http', 'mcp_tool', 'prompt', 'agent'].includes(type))
      return [
        {
          ...at,
          id: 'MAN-024',
          code: 'hook_type_unknown',
          tier: 'block',
          severity: 'high',
          problem: `has the unknown type “${type}”`,
          hint: 'Use command, http, mcp_tool, prompt or agent.',
        },
      ]
    return []
  })
}

function checkServers({ capabilities, files }: BundleFacts): Issue[] {
  const file =
    files.find(({ role }) => role === 'mcp')?.path ??
    files.find(({ role }) => role === 'manifest')?.path ??
    null
  return capabilities.mcp
    .filter(({ target }) => /^(?:http|ws):\/\/(?!(?:localhost|127\.|\[::1\]))/i.test(target))
    .map(
      ({ name, target }) =>
        ({
          id: 'MAN-025',
          code: 'mcp_not_https',
          tier: 'block',
          severity: 'high',
          file,
          field: `mcpServers.${name}.url`,
          value: target,
          problem: 'must be https or wss',
          hint: 'Use the encrypted address of the server.',
        }) as const,
    )
}
