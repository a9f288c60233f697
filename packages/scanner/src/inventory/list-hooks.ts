import type { Capabilities } from '@countersign/core/capabilities/capabilities'
import { isRecord } from '../parse/front-matter.ts'

type Hook = Capabilities['hooks'][number]

/** Reads the hooks of a hooks file, of settings, or of front matter: `{Event: [{matcher, hooks: [...]}]}`. */
export function listHooks(value: unknown, file: string): Hook[] {
  if (!isRecord(value)) return []
  const events = isRecord(value.hooks) ? value.hooks : value
  return Object.entries(events).flatMap(([event, groups]) =>
    asList(groups).flatMap((group) => listHandlers(group, event, file)),
  )
}

function listHandlers(group: unknown, event: string, file: string): Hook[] {
  if (!isRecord(group)) return []
  const handlers = Array.isArray(group.hooks) ? group.hooks : [group]
  return handlers.filter(isRecord).flatMap((handler) => {
    const target = targetOf(handler)
    if (!target) return []
    return [
      {
        event,
        matcher: asText(group.matcher),
        type: asText(handler.type) || 'command',
        target,
        file,
      },
    ]
  })
}

/** The command with its arguments, the URL, the tool or the prompt that a handler leads to. */
function targetOf(handler: Record<string, unknown>): string {
  const command = asText(handler.command)
  const args = asList(handler.args).map(asText)
  return (
    [command, ...args].filter(Boolean).join(' ') ||
    asText(handler.url) ||
    asText(handler.tool) ||
    asText(handler.prompt)
  )
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
}
