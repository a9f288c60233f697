import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { openArchive } from '@countersign/bundles/archive/open-archive'
import { verifyArchive } from '@countersign/bundles/archive/verify-archive'
import { measureArchive, writeArchive } from '@countersign/bundles/archive/write-archive'
import { bakeTree } from '@countersign/bundles/bake/bake-tree'
import { openTree } from '@countersign/bundles/intake/open-upload'
import { unpackArchive } from '@countersign/bundles/intake/unpack-archive'
import { createBytesSource, openFileSource } from '@countersign/bundles/zip/byte-source'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentOf, treeOf } from '../../support/bundle-files.ts'
import { createFolder } from '../../support/create-folder.ts'
import { readWithYauzl } from '../../support/read-with-yauzl.ts'

const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
const files = { 'x/SKILL.md': '---\nname: a\n---\n', 'x/run.sh!': 'run', 'x/é.png': png }

async function bake(more: Record<string, string> = {}) {
  const tree = treeOf({ ...files, ...more })
  const bundle = await openTree({ files: tree, droppedFiles: [] }, 'skill')
  return bakeTree(bundle, { slug: 'a-by-b', n: 1 })
}

async function write() {
  const baked = await bake()
  const path = join(await createFolder(), 'archive.zip')
  return { baked, path, facts: await writeArchive(baked, path), bytes: await readFile(path) }
}

test('a stored archive is the same on every machine and day', async () => {
  const { facts, bytes } = await write()
  expect(facts.hash).toBe('49ee87a4984f3b17433c9e5c35655a18f9e7d58e3374dfc801367ec4398bac20')
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(
    'e57a0e60582f7d02446f995b7e25196a8be04167de6c63b5d6e1a34b78a71137',
  )
  expect(facts.size).toBe(bytes.length)
})

test('a version is described by each of its files', async () => {
  const { facts } = await write()
  const told = facts.files.map(({ path, kind, isExecutable }) => [path, kind, isExecutable])
  expect(told).toEqual([
    ['.claude-plugin/plugin.json', 'text', false],
    ['skills/a-by-b/SKILL.md', 'text', false],
    ['skills/a-by-b/run.sh', 'text', true],
    ['skills/a-by-b/é.png', 'image', false],
  ])
  const run = facts.files.find(({ path }) => path.endsWith('run.sh'))
  expect(run?.sha256).toBe(createHash('sha256').update('run').digest('hex'))
})

test('what is measured is what would be written', async () => {
  const { facts, baked } = await write()
  expect(await measureArchive(baked)).toEqual(facts)
})

test('a file that is there already is not written over, nor removed', async () => {
  const { baked, path, bytes } = await write()
  await expect(writeArchive(baked, path)).rejects.toMatchObject({ code: 'EEXIST' })
  expect(await readFile(path)).toEqual(bytes)
})

test('a file that cannot be read leaves no archive behind', async () => {
  const { baked, path } = await write()
  const broken = { ...treeOf({ z: '' })[0], read: () => Promise.reject(new Error('gone')) }
  const tree = [...baked.tree, broken as never]
  await expect(writeArchive({ ...baked, tree }, `${path}2`)).rejects.toThrow('gone')
  await expect(stat(`${path}2`)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('one file is read out of an archive without the rest', async () => {
  const { path } = await write()
  await using source = await openFileSource(path)
  const reads: [number, number][] = []
  const spied = {
    size: source.size,
    read: (start: number, end: number) => {
      reads.push([start, end])
      return source.read(start, end)
    },
  }
  const stored = await openArchive(spied)
  reads.length = 0
  const run = stored.find(({ path: each }) => each.endsWith('run.sh'))
  expect(String(await run?.read())).toBe('run')
  expect(reads).toEqual([[run?.start, (run?.start ?? 0) + 3]])
})

test('an archive is intact to the last byte, or it is not', async () => {
  const { facts, bytes } = await write()
  const isIntact = (changed: Uint8Array) => verifyArchive(createBytesSource(changed), facts.hash)
  expect(await isIntact(bytes)).toBe(true)
  expect(await verifyArchive(createBytesSource(bytes), '0'.repeat(64))).toBe(false)
  expect(await isIntact(bytes.subarray(0, -1))).toBe(false)
  expect(await isIntact(Buffer.alloc(0))).toBe(false)
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 0x10
    expect([at, await isIntact(changed)]).toEqual([at, false])
  }
})

test('every reader finds in a stored archive what was put into it', async () => {
  const name = fc.stringMatching(/^[a-zé€\u{1f600}]{1,3}(?:\/[a-z]{1,2}){0,2}!?$/u)
  const data = fc.uint8Array({ maxLength: 50 })
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, data, { maxKeys: 6 }), async (drawn) => {
      const tree = treeOf({ ...Object.fromEntries(Object.entries(drawn)), 'SKILL.md': '' })
      const opened = await openTree({ files: tree, droppedFiles: [] }, 'skill')
      const baked = await bakeTree(opened, { slug: 'a-by-b', n: 1 })
      const path = join(await createFolder(), 'archive.zip')
      await writeArchive(baked, path)
      const bytes = await readFile(path)
      const source = createBytesSource(bytes)
      const expected = await contentOf(baked.tree)
      expect(await contentOf(await openArchive(source))).toEqual(expected)
      const others = (await readWithYauzl(bytes)).map(([, each]) => each)
      expect(others).toEqual(Object.values(expected))
      const unpacked = await unpackArchive(source).catch(() => undefined)
      if (unpacked) expect(await contentOf(unpacked.files)).toEqual(expected)
    }),
    { numRuns: 50 },
  )
})
