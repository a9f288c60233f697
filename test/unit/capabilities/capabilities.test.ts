import type { Capabilities } from '@countersign/core/capabilities/capabilities'
import { diffCapabilities, underSlug } from '@countersign/core/capabilities/diff-capabilities'
import { inspectTree } from '@countersign/scanner/inspect-tree'
import { expect, test } from 'vitest'
import { noCapabilities } from '../../support/review-fixtures.ts'
import { aSkill, aSubject } from '../scanner/tree.ts'

const manifest = JSON.stringify({ name: 'tools', description: 'Does what the commands say.' })

async function capabilitiesOf(files: Record<string, string | Uint8Array>): Promise<Capabilities> {
  return (await inspectTree(await aSubject(files))).capabilities
}

const aPlugin = (files: Record<string, string>) =>
  capabilitiesOf({ '.claude-plugin/plugin.json': manifest, ...files })

test('a skill that does nothing by itself can do nothing', async () => {
  const capabilities = await capabilitiesOf({ 'SKILL.md': aSkill() })
  expect(Object.values(capabilities).flat()).toEqual([])
})

test('hooks, servers, commands, tools and programs are listed from the bytes', async () => {
  const capabilities = await aPlugin({
    'hooks/hooks.json': JSON.stringify({
      hooks: { PostToolUse: [{ matcher: 'Edit', hooks: [{ type: 'command', command: './fmt' }] }] },
    }),
    '.mcp.json': JSON.stringify({
      mcpServers: { db: { command: 'npx', args: ['db-mcp@1.2.3'], env: { DB_TOKEN: 'x' } } },
    }),
    'commands/status.md':
      '---\ndescription: Shows it\nallowed-tools: Read, Bash(git status:*)\n---\n\nNow: !`git status`\n',
    'bin/fmt': '#!/bin/sh\necho "$HOME"\n',
  })
  expect(capabilities).toMatchObject({
    hooks: [{ event: 'PostToolUse', matcher: 'Edit', type: 'command', target: './fmt' }],
    mcp: [{ name: 'db', target: 'npx', args: ['db-mcp@1.2.3'] }],
    commands: [{ command: 'git status', file: 'commands/status.md' }],
    tools: [{ tool: 'Bash(git status:*)' }, { tool: 'Read' }],
    bin: ['bin/fmt'],
    unread: [],
  })
})

test('what a mod asks of Claude Code is listed, and what it hides is unread', async () => {
  const hooks = JSON.stringify({ modules: ['./register.js'] })
  const open = await aPlugin({
    'hooks/hooks.json': hooks,
    'hooks/register.js':
      'export default ($) => { $.on("tool.call", () => $.process.run("ls")); $.env.get("HOME") }',
  })
  expect(open.mods).toMatchObject([{ calls: expect.arrayContaining(['$.process.run']) }])
  expect(open.unread).toEqual([])

  const hidden = await aPlugin({
    'hooks/hooks.json': hooks,
    'hooks/register.js': 'export default ($) => { const k = "ht" + "tp"; $[k].fetch("x") }',
  })
  expect(hidden.unread).not.toEqual([])
})

test('a manifest that cannot be parsed is unread, not empty', async () => {
  const { unread, mcp } = await aPlugin({ '.mcp.json': '{"mcpServers": {' })
  expect(mcp).toEqual([])
  expect(unread).toEqual([{ file: '.mcp.json', reason: expect.any(String) }])
})

test('the delta names what is new and what is gone, and without a live version all is new', async () => {
  const server = (name: string) =>
    aPlugin({ '.mcp.json': JSON.stringify({ mcpServers: { [name]: { command: 'node' } } }) })
  const [live, next] = [await server('old'), await server('new')]
  expect(diffCapabilities(live, next)).toMatchObject({
    mcp: { added: [{ name: 'new' }], removed: [{ name: 'old' }] },
  })
  expect(diffCapabilities(live, live)).toEqual({})
  expect(diffCapabilities(undefined, next)).toMatchObject({ mcp: { added: [{ name: 'new' }] } })
})

test('what is equal is no change, in whatever order the database gives its members back', async () => {
  const live = await aPlugin({
    'hooks/hooks.json': JSON.stringify({
      hooks: { PostToolUse: [{ matcher: 'Edit', hooks: [{ type: 'command', command: './fmt' }] }] },
    }),
    '.mcp.json': JSON.stringify({ mcpServers: { db: { command: 'npx', args: ['db-mcp'] } } }),
  })
  expect(live).toMatchObject({ hooks: [{ event: 'PostToolUse' }], mcp: [{ name: 'db' }] })
  const kept = JSON.parse(JSON.stringify(live), (_key, value) =>
    value?.constructor === Object ? Object.fromEntries(Object.entries(value).reverse()) : value,
  )
  expect(diffCapabilities(kept, live)).toEqual({})
})

test('a skill under another slug can do what it could, and a plugin where it could', () => {
  const of = (slug: string): Capabilities => ({
    ...noCapabilities,
    tools: [{ tool: 'Read', file: `skills/${slug}/SKILL.md` }],
    hosts: [{ host: 'example.com', files: [`skills/${slug}/run.sh`, 'README.md'] }],
    commands: [{ command: 'skills/old/run.sh', file: `agents/${slug}.md` }],
  })
  const renamed = { from: 'old', to: 'new' }
  expect(underSlug(of('old'), { type: 'skill', ...renamed })).toEqual(of('new'))
  expect(underSlug(of('old'), { type: 'plugin', ...renamed })).toEqual(of('old'))
})
