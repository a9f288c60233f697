import { measureArchive } from '@countersign/bundles/archive/write-archive'
import { bakeTree } from '@countersign/bundles/bake/bake-tree'
import { rebakeTree } from '@countersign/bundles/bake/rebake-tree'
import { openTree } from '@countersign/bundles/intake/open-upload'
import type { EntityType } from '@countersign/core/store/entity'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentOf, treeOf } from '../../support/bundle-files.ts'

const slug = fc.stringMatching(/^[a-z0-9]{1,4}-by-[a-z0-9]{1,4}$/)
const identity = fc.record({ slug, n: fc.integer({ min: 1, max: 99 }) })
const newline = fc.constantFrom('\n', '\r\n')

/** Front matter as it is found in the wild, with a good part of it broken. */
const line = fc.oneof(
  fc.constantFrom(
    'name: old',
    'name: "old: one"',
    "name: 'it''s'",
    'name: old: one',
    'name:',
    'name: >-',
    'name: &n old',
    'name: [a, b]',
    '"name": old',
    'name : old',
    '  name: old',
    '  indented: 1',
    '  more words',
    '\ttabbed',
    '# comment',
    '  # comment',
    '',
    '   ',
    'x: *n',
    '- item',
    'version: 1.10',
    'description: says things',
    'description: Use when: now',
    'description: "a\\nb"',
    'description: |',
    'metadata:',
    '{name: old, x: 1}',
    '\u{2028}name: odd',
    '...',
  ),
  fc.string({ maxLength: 12 }),
)
const frontMatter = fc
  .tuple(fc.array(line, { maxLength: 6 }), newline, fc.constantFrom('', '\u{feff}'), fc.boolean())
  .map(([lines, end, mark, isClosed]) =>
    [`${mark}---`, ...lines, ...(isClosed ? ['---'] : []), 'Body.', ''].join(end),
  )

const manifest = fc.oneof(
  fc
    .record(
      {
        name: fc.oneof(fc.string(), fc.integer()),
        version: fc.oneof(fc.string(), fc.double()),
        metadata: fc.oneof(fc.constant('text'), fc.dictionary(fc.string(), fc.jsonValue())),
        keywords: fc.array(fc.string()),
      },
      { requiredKeys: [] },
    )
    .map((fields) => JSON.stringify(fields)),
  fc.constantFrom('{', '[]', '{"name":"a","name":"b"}', ''),
)

const bytes = fc.uint8Array({ maxLength: 20 }).map((array) => Buffer.from(array))
const others = fc.dictionary(
  fc.stringMatching(/^(?:assets|agents|skills|x)(?:\/[a-z]{1,3}){1,2}!?$/),
  fc.oneof(bytes, fc.string()),
  { maxKeys: 4 },
)

const bundle = fc.oneof(
  fc.tuple(fc.constant<EntityType>('skill'), fc.constant('SKILL.md'), frontMatter, others),
  fc.tuple(
    fc.constant<EntityType>('agent'),
    fc.constant('helper.md'),
    frontMatter.map(
      (text) => `---\nname: a\ndescription: b\n${text.replace(/^\u{feff}?---/u, '')}`,
    ),
    others,
  ),
  fc.tuple(
    fc.constant<EntityType>('plugin'),
    fc.constant('.claude-plugin/plugin.json'),
    manifest,
    others,
  ),
)

type Drawn = [
  type: EntityType,
  anchor: string,
  text: string,
  others: Record<string, string | Buffer>,
]

const open = ([type, anchor, text, files]: Drawn) =>
  openTree({ files: treeOf({ ...files, [anchor]: text }), droppedFiles: [] }, type)

test('baking what is served anew gives what baking the original would have given', async () => {
  await fc.assert(
    fc.asyncProperty(bundle, identity, identity, async (drawn, first, second) => {
      const opened = await open(drawn).catch(() => undefined)
      fc.pre(opened !== undefined)
      const served = await bakeTree(opened, first)
      const expected = await bakeTree(opened, second)
      const rebaked = await rebakeTree(served.tree, opened.type, second)
      expect(await contentOf(rebaked.tree)).toEqual(await contentOf(expected.tree))
      expect(rebaked.authorVersion).toBe(expected.authorVersion)
      expect(rebaked.manifest.path).toBe(expected.manifest.path)
    }),
    { numRuns: 2000 },
  )
})

test('the content hash is the same under every slug and number, the hash is another', async () => {
  await fc.assert(
    fc.asyncProperty(bundle, identity, identity, async (drawn, first, second) => {
      fc.pre(first.slug !== second.slug || first.n !== second.n)
      const opened = await open(drawn).catch(() => undefined)
      fc.pre(opened !== undefined)
      const served = await bakeTree(opened, first)
      const one = await measureArchive(served)
      const other = await measureArchive(await bakeTree(opened, second))
      const again = await measureArchive(await rebakeTree(served.tree, opened.type, second))
      expect([other.contentHash, again.contentHash]).toEqual([one.contentHash, one.contentHash])
      expect(again.hash).toBe(other.hash)
      const isStamped = opened.type !== 'plugin' || opened.manifest.parseError === null
      expect(one.hash === other.hash).toBe(!isStamped)
    }),
    { numRuns: 300 },
  )
})

test('any other byte, path or executable bit is another hash of both kinds', async () => {
  const change = fc.constantFrom('byte', 'length', 'path', 'bit', 'added')
  await fc.assert(
    fc.asyncProperty(bundle, change, identity, async (drawn, kind, who) => {
      const [type, anchor, text, files] = drawn
      const base: Drawn = [type, anchor, text, { ...files, 'x/it': 'words' }]
      const changed = { ...files, ...changes[kind] }
      const [one, other] = await Promise.all(
        [base, [type, anchor, text, changed] as Drawn].map(async (each) => {
          const opened = await open(each).catch(() => undefined)
          return opened ? measureArchive(await bakeTree(opened, who)) : undefined
        }),
      )
      fc.pre(one !== undefined && other !== undefined)
      expect(one.hash).not.toBe(other.hash)
      expect(one.contentHash).not.toBe(other.contentHash)
    }),
    { numRuns: 300 },
  )
})

const changes: Record<string, Record<string, string>> = {
  byte: { 'x/it': 'worda' },
  length: { 'x/it': 'words ' },
  path: { 'x/that': 'words' },
  bit: { 'x/it!': 'words' },
  added: { 'x/it': 'words', 'x/zzzz': '' },
}
