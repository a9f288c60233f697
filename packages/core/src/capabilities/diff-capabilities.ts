import canonicalize from 'canonicalize'
import type { EntityType } from '../store/entity.ts'
import { type Capabilities, type CapabilityDelta, capabilityNames } from './capabilities.ts'

/** What `next` can do that `live` could not, and the other way round. Without a live version all is new. */
export function diffCapabilities(
  live: Capabilities | undefined,
  next: Capabilities,
): CapabilityDelta {
  const changes = capabilityNames.map(
    (name) => [name, diff<unknown>(live?.[name] ?? [], next[name])] as const,
  )
  return Object.fromEntries(
    changes.filter(([, { added, removed }]) => added.length + removed.length),
  )
}

function diff<T>(before: readonly T[], after: readonly T[]): { added: T[]; removed: T[] } {
  const known = new Set(before.map(nameItem))
  const kept = new Set(after.map(nameItem))
  return {
    added: after.filter((item) => !known.has(nameItem(item))),
    removed: before.filter((item) => !kept.has(nameItem(item))),
  }
}

/** The same for equal items. What was kept comes back with its members in the database's order. */
function nameItem(item: unknown): string | undefined {
  return canonicalize(item)
}

/**
 * What a version can do, as if it were served under another slug. The folder of a skill and the file of an
 * agent are called by it, so that a new name would make everything in them look new. A plugin's are not.
 */
export function underSlug(
  capabilities: Capabilities,
  { type, from, to }: { type: EntityType; from: string; to: string },
): Capabilities {
  if (type === 'plugin' || from === to) return capabilities
  const move = (path: unknown) =>
    String(path)
      .replace(`skills/${from}/`, `skills/${to}/`)
      .replace(`agents/${from}.md`, `agents/${to}.md`)
  return JSON.parse(JSON.stringify(capabilities), (name, value) => {
    if (name === 'file') return move(value)
    return name === 'files' ? value.map(move) : value
  })
}
