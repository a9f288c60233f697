/**
 * What a bundle can do, computed from its bytes and never from what its author says.
 *
 * Every list is sorted and without repeats, so that two inventories can be compared item by item.
 */
export interface Capabilities {
  /** Commands that Claude Code runs by itself on an event, outside any sandbox. */
  hooks: { event: string; matcher: string; type: string; target: string; file: string }[]
  /** Modules that run inside Claude Code and may approve tool calls: the strongest capability. */
  mods: { module: string; calls: string[]; events: string[] }[]
  mcp: { name: string; type: string; target: string; args: string[]; env: string[] }[]
  /** Hosts that code or instructions name, with the files that name them. */
  hosts: { host: string; files: string[] }[]
  /** Commands that run before the model reads the text, and language servers, monitors, status lines. */
  commands: { command: string; file: string }[]
  /** `allowed-tools` and `tools`, as declared. */
  tools: { tool: string; file: string }[]
  /** Files put on the PATH. */
  bin: string[]
  env: string[]
  dependencies: { ecosystem: string; name: string; version: string }[]
  /** Files, or parts of them, that could not be parsed. Never empty by default: not read is a fact. */
  unread: { file: string; reason: string }[]
}

export type CapabilityName = keyof Capabilities

export const capabilityNames = [
  'hooks',
  'mods',
  'mcp',
  'hosts',
  'commands',
  'tools',
  'bin',
  'env',
  'dependencies',
  'unread',
] as const satisfies CapabilityName[]

/** What changed against the live version. Without a live version, everything is added. */
export type CapabilityDelta = {
  [Name in CapabilityName]?: { added: Capabilities[Name]; removed: Capabilities[Name] }
}
