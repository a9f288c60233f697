import { bakeTree } from '@countersign/bundles/bake/bake-tree'
import { rebakeTree, unbakeTree } from '@countersign/bundles/bake/rebake-tree'
import { openTree } from '@countersign/bundles/intake/open-upload'
import type { EntityType } from '@countersign/core/store/entity'
import { expect, test } from 'vitest'
import { contentOf, treeOf } from '../../support/bundle-files.ts'

const identity = { slug: 'hello-by-ann', n: 3 }

async function bake(type: EntityType, files: Record<string, string>) {
  const bundle = await openTree({ files: treeOf(files), droppedFiles: [] }, type)
  const baked = await bakeTree(bundle, identity)
  return { ...baked, content: await contentOf(baked.tree) }
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

test('a skill is served as a plugin with that one skill, under our name and number', async () => {
  const baked = await bake('skill', {
    'hello/SKILL.md': '---\nname: hello\ndescription: Says hello.\nversion: 0.9\n---\nWords.\n',
    'hello/run.sh!': '#!/bin/sh\n',
  })
  expect(baked.content).toEqual({
    '.claude-plugin/plugin.json': json({
      name: 'hello-by-ann',
      version: '1.0.3',
      description: 'Says hello.',
      metadata: { author_name: 'hello', author_version: '0.9' },
    }),
    'skills/hello-by-ann/SKILL.md':
      '---\nname: hello-by-ann\ndescription: Says hello.\nversion: 0.9\n---\nWords.\n',
    'skills/hello-by-ann/run.sh!': '#!/bin/sh\n',
  })
  expect(baked.generatedPaths).toEqual(['.claude-plugin/plugin.json'])
  expect(baked.manifest).toMatchObject({
    path: 'skills/hello-by-ann/SKILL.md',
    containerName: 'hello',
    fields: { name: 'hello' },
  })
})

test('an agent keeps its other files where none of them is loaded as anything', async () => {
  const { content, manifest } = await bake('agent', {
    'helper.md': '---\nname: helper\ndescription: Helps.\n---\n',
    'README.md': '# Read me',
    'hooks/hooks.json': '{"hooks":{}}',
    'agents/helper.md': 'Not an agent.',
  })
  expect(Object.keys(content)).toEqual([
    '.claude-plugin/plugin.json',
    'agents/hello-by-ann.md',
    'assets/README.md',
    'assets/agents/helper.md',
    'assets/hooks/hooks.json',
  ])
  expect(manifest.path).toBe('agents/hello-by-ann.md')
})

test('a plugin keeps its tree, and its manifest the order of its fields', async () => {
  const { content, generatedPaths } = await bake('plugin', {
    'p/.claude-plugin/plugin.json': JSON.stringify({
      homepage: 'https://example.com',
      version: '7.1',
      name: 'tools',
      metadata: { mine: 1, author_version: 'forged' },
    }),
    'p/bin/tool!': 'x',
  })
  expect(content).toEqual({
    '.claude-plugin/plugin.json': json({
      homepage: 'https://example.com',
      version: '1.0.3',
      name: 'hello-by-ann',
      metadata: { mine: 1, author_name: 'tools', author_version: '7.1' },
    }),
    'bin/tool!': 'x',
  })
  expect(generatedPaths).toEqual([])
})

test('a plugin without a name or version gets ours, and nothing is kept that was not there', async () => {
  const { content } = await bake('plugin', { '.claude-plugin/plugin.json': '\u{feff}{"a": 1}' })
  const stamped = { a: 1, name: 'hello-by-ann', version: '1.0.3' }
  expect(content).toEqual({ '.claude-plugin/plugin.json': json(stamped) })
})

test('a manifest that nobody can read is served to nobody, and left as it came', async () => {
  const { content, manifest } = await bake('plugin', { '.claude-plugin/plugin.json': '{oops' })
  expect(content).toEqual({ '.claude-plugin/plugin.json': '{oops' })
  expect(manifest.parseError).not.toBeNull()
})

test.each<[EntityType, Record<string, string>]>([
  ['skill', { 'x/SKILL.md': '---\nname: My one\nversion: 2\n---\n', 'x/a': '' }],
  ['agent', { 'me.md': '---\nname: Me\ndescription: x\n---\n', 'agent.md': '', 'SKILLS.md': '' }],
  ['plugin', { '.claude-plugin/plugin.json': '{"name":"n","version":"3","metadata":{"a":1}}' }],
])('the author of a served %s is found in it again', async (type, files) => {
  const bundle = await openTree({ files: treeOf(files), droppedFiles: [] }, type)
  const { tree } = await bakeTree(bundle, identity)
  const found = await unbakeTree(tree, type)
  expect(found).toMatchObject({
    authorName: bundle.authorName,
    authorVersion: bundle.authorVersion,
    manifest: { fields: bundle.manifest.fields, parseError: null },
  })
})

test('a slug that could lead out of its folder is a mistake of ours', async () => {
  const { tree } = await bake('plugin', { '.claude-plugin/plugin.json': '{}' })
  await expect(rebakeTree(tree, 'plugin', { slug: '../x', n: 1 })).rejects.toThrow('slug')
})
