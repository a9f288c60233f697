import type { Capabilities } from '@countersign/core/capabilities/capabilities'
import { encodeJson } from '@countersign/core/encode-json'

/** The part of the inventory that one file adds. */
export type CapabilityPart = Partial<Omit<Capabilities, 'hosts'>> & {
  hosts?: string[]
  file: string
}

/** Puts the parts of all files together: sorted, nothing twice, and all of it such as can be kept. */
export function mergeCapabilities(parts: readonly CapabilityPart[]): Capabilities {
  const all = <Name extends keyof Omit<Capabilities, 'hosts'>>(name: Name): Capabilities[Name] =>
    sortUnique(
      parts.flatMap((part) => (part[name] ?? []) as Capabilities[Name][number][]),
    ) as Capabilities[Name]
  return {
    hooks: all('hooks'),
    mods: all('mods'),
    mcp: all('mcp'),
    hosts: mergeHosts(parts),
    commands: all('commands'),
    tools: all('tools'),
    bin: all('bin'),
    env: all('env'),
    dependencies: all('dependencies'),
    unread: all('unread'),
  }
}

function mergeHosts(parts: readonly CapabilityPart[]): Capabilities['hosts'] {
  const files = new Map<string, Set<string>>()
  for (const { hosts = [], file } of parts) {
    for (const host of hosts) {
      const named = files.get(host) ?? new Set()
      files.set(host, named.add(file))
    }
  }
  return [...files]
    .map(([host, named]) => ({ host, files: [...named].sort() }))
    .sort((a, b) => compare(a.host, b.host))
}

function sortUnique<T>(items: readonly T[]): T[] {
  const texts = new Set(items.map(encodeJson))
  return [...texts].sort(compare).map((text): T => JSON.parse(text))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
