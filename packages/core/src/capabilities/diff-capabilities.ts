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
  const known = new Set(before.map((item) => JSON.stringify(item)))
  const kept = new Set(after.map((item) => JSON.stringify(item)))
  return {
    added: after.filter((item) => !known.has(JSON.stringify(item))),
    removed: before.filter((item) => !kept.has(JSON.stringify(item))),
  }
}
