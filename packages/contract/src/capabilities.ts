import type { Capabilities, CapabilityDelta } from '@countersign/core/capabilities/capabilities'
import { z } from 'zod'

const lists = {
  hooks: z.object({
    event: z.string(),
    matcher: z.string(),
    type: z.string(),
    target: z.string(),
    file: z.string(),
  }),
  mods: z.object({
    module: z.string(),
    calls: z.array(z.string()),
    events: z.array(z.string()),
  }),
  mcp: z.object({
    name: z.string(),
    type: z.string(),
    target: z.string(),
    args: z.array(z.string()),
    env: z.array(z.string()),
  }),
  hosts: z.object({ host: z.string(), files: z.array(z.string()) }),
  commands: z.object({ command: z.string(), file: z.string() }),
  tools: z.object({ tool: z.string(), file: z.string() }),
  bin: z.string(),
  env: z.string(),
  dependencies: z.object({ ecosystem: z.string(), name: z.string(), version: z.string() }),
  unread: z.object({ file: z.string(), reason: z.string() }),
}

/** What a bundle can do, computed from its bytes. `unread` is what could not be told. */
export const CapabilitiesView = z
  .object({
    hooks: z.array(lists.hooks),
    mods: z.array(lists.mods),
    mcp: z.array(lists.mcp),
    hosts: z.array(lists.hosts),
    commands: z.array(lists.commands),
    tools: z.array(lists.tools),
    bin: z.array(lists.bin),
    env: z.array(lists.env),
    dependencies: z.array(lists.dependencies),
    unread: z.array(lists.unread),
  })
  .meta({ id: 'Capabilities' }) satisfies z.ZodType<Capabilities>

const change = <Item extends z.ZodType>(item: Item) =>
  z.object({ added: z.array(item), removed: z.array(item) }).optional()

/** What changed against the live version. Lists that did not change are absent. */
export const CapabilityDeltaView = z
  .object({
    hooks: change(lists.hooks),
    mods: change(lists.mods),
    mcp: change(lists.mcp),
    hosts: change(lists.hosts),
    commands: change(lists.commands),
    tools: change(lists.tools),
    bin: change(lists.bin),
    env: change(lists.env),
    dependencies: change(lists.dependencies),
    unread: change(lists.unread),
  })
  .meta({ id: 'CapabilityDelta' })

export type CapabilityDeltaView = z.infer<typeof CapabilityDeltaView>

export function viewCapabilityDelta(delta: CapabilityDelta): CapabilityDeltaView {
  return delta as CapabilityDeltaView
}
