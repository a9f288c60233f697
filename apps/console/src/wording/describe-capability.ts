import type { CapabilityDeltaView } from '@countersign/sdk'

type Name = keyof CapabilityDeltaView

/** What a bundle can do, strongest first, as a reviewer wants to read it. */
export const capabilityNames = [
  'mods',
  'hooks',
  'mcp',
  'commands',
  'bin',
  'tools',
  'hosts',
  'env',
  'dependencies',
  'unread',
] as const satisfies readonly Name[]

export const capabilityWords: Readonly<
  Record<Name, { one: string; title: string; meaning: string }>
> = {
  mods: { one: 'mod', title: 'Mods', meaning: 'run inside Claude Code and may approve tool calls' },
  hooks: {
    one: 'hook',
    title: 'Hooks',
    meaning: 'run by themselves on an event, outside any sandbox',
  },
  mcp: { one: 'MCP server', title: 'MCP servers', meaning: 'give the model tools' },
  commands: { one: 'command', title: 'Commands', meaning: 'run before the model reads' },
  bin: { one: 'program', title: 'Programs on the PATH', meaning: 'can be called by name' },
  tools: { one: 'allowed tool', title: 'Allowed tools', meaning: 'are used without asking' },
  hosts: { one: 'host', title: 'Hosts', meaning: 'are named in code or instructions' },
  env: { one: 'variable', title: 'Environment variables', meaning: 'are read' },
  dependencies: { one: 'dependency', title: 'Dependencies', meaning: 'are installed or loaded' },
  unread: { one: 'unread part', title: 'Not readable', meaning: 'could not be parsed' },
}

/** One entry of an inventory as a line of text. */
export function capabilityLine(item: unknown): string {
  if (typeof item === 'string') return item
  const fields = Object.values(item as Record<string, unknown>)
  return fields
    .map((value) => (Array.isArray(value) ? value.join(', ') : String(value)))
    .filter((text) => text !== '')
    .join(' · ')
}

/** What a version gains over the live one, in a few words each, strongest first. */
export function gainLabels(delta: CapabilityDeltaView): string[] {
  return capabilityNames.flatMap((name) => {
    const added = delta[name]?.added ?? []
    if (added.length === 0) return []
    const { one } = capabilityWords[name]
    return [added.length === 1 ? `+${one}` : `+${added.length} ${one}s`]
  })
}

/** Everything a version gains over the live one, a line for each kind, strongest first. */
export function gainLines(delta: CapabilityDeltaView): string[] {
  return capabilityNames.flatMap((name) => {
    const added = delta[name]?.added ?? []
    const { title } = capabilityWords[name]
    return added.length === 0 ? [] : [`${title}: ${added.map(capabilityLine).join(', ')}`]
  })
}

/** Whether a version can do anything that the live one cannot. */
export function hasGains(delta: CapabilityDeltaView): boolean {
  return gainLabels(delta).length > 0
}
