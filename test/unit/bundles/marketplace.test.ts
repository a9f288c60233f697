import { buffer } from 'node:stream/consumers'
import { unpackArchive } from '@countersign/bundles/intake/unpack-archive'
import { createBoundedCache } from '@countersign/bundles/marketplace/bounded-cache'
import { openMarketplaceZip } from '@countersign/bundles/marketplace/marketplace-zip'
import { createUrlCatalogue } from '@countersign/bundles/marketplace/url-catalogue'
import { createBytesSource } from '@countersign/bundles/zip/byte-source'
import { createZipDirectory, type ZipMember } from '@countersign/bundles/zip/write-zip'
import { expect, test, vi } from 'vitest'
import { contentOf } from '../../support/bundle-files.ts'
import { readWithYauzl } from '../../support/read-with-yauzl.ts'
import { aSkill, createShop } from '../../support/served-marketplace.ts'

async function twoPlugins() {
  const shop = await createShop()
  await shop.serve({ slug: 'b-by-ann', n: 7, files: aSkill('Seven.') })
  await shop.serve({ slug: 'a-by-bob', n: 1, files: aSkill('One.') })
  return shop
}

test('the archive of a marketplace holds its catalogue and every plugin in its folder', async () => {
  const { blobs, marketplace } = await twoPlugins()
  const zip = await openMarketplaceZip(blobs, marketplace)
  const bytes = await buffer(zip.stream())
  expect(bytes).toHaveLength(zip.size)
  expect((await readWithYauzl(bytes)).map(([name]) => name)).toEqual([
    '.claude-plugin/marketplace.json',
    'plugins/a-by-bob/.claude-plugin/plugin.json',
    'plugins/a-by-bob/skills/a-by-bob/SKILL.md',
    'plugins/a-by-bob/skills/a-by-bob/scripts/run.sh',
    'plugins/b-by-ann/.claude-plugin/plugin.json',
    'plugins/b-by-ann/skills/b-by-ann/SKILL.md',
    'plugins/b-by-ann/skills/b-by-ann/scripts/run.sh',
  ])
  const content = await contentOf((await unpackArchive(createBytesSource(bytes))).files)
  expect(content['plugins/b-by-ann/skills/b-by-ann/scripts/run.sh!']).toContain('echo hello')
  const { plugins, ...catalogue } = JSON.parse(content['.claude-plugin/marketplace.json'] ?? '')
  expect(catalogue).toEqual({
    name: 'countersign',
    owner: { name: 'Countersign' },
    metadata: { description: 'What was approved.' },
    forceRemoveDeletedPlugins: true,
  })
  expect(plugins[1]).toEqual({
    name: 'b-by-ann',
    displayName: 'b-by-ann',
    description: 'What b-by-ann does.',
    version: '1.0.7',
    author: { name: 'ann' },
    category: 'testing',
    source: './plugins/b-by-ann',
  })
})

test('the archive of a marketplace is the same in whatever order its plugins are found', async () => {
  const { blobs, marketplace } = await twoPlugins()
  const bytes = async () => buffer((await openMarketplaceZip(blobs, marketplace)).stream())
  const before = await bytes()
  marketplace.plugins.reverse()
  expect(await bytes()).toEqual(before)
})

test('a catalogue of URLs tells the hash of each archive, and reads it once', async () => {
  const { blobs, marketplace } = await twoPlugins()
  const find = vi.fn(blobs.find)
  const describe = createUrlCatalogue({ find })
  const [first] = marketplace.plugins
  const blob = await blobs.find(first?.hash ?? '')
  const { createHash } = process.getBuiltinModule('node:crypto')
  const sha256 = createHash('sha256')
    .update(await buffer(blob?.stream() ?? emptyStream()))
    .digest('hex')
  const urlOf = ({ hash }: { hash: string }) => `https://store.example/${hash}.zip`
  const catalogues = await Promise.all([1, 2].map(() => describe(marketplace, urlOf)))
  expect(catalogues[0]).toBe(catalogues[1])
  expect(JSON.parse(catalogues[0] ?? '').plugins[1].source).toEqual({
    source: 'archive',
    url: `https://store.example/${first?.hash}.zip`,
    sha256,
  })
  expect(find).toHaveBeenCalledTimes(2)
})

test('a plugin whose bytes are missing makes its faces unavailable, and does not vanish', async () => {
  const { blobs, marketplace } = await twoPlugins()
  await blobs.delete(marketplace.plugins[0]?.hash ?? '')
  const opened = openMarketplaceZip(blobs, marketplace)
  await expect(opened).rejects.toMatchObject({ code: 'unavailable' })
  const described = createUrlCatalogue(blobs)(marketplace, () => '')
  await expect(described).rejects.toMatchObject({ code: 'unavailable' })
})

test('an archive that grew over 4 GiB and 65,535 files is written in the 64 bit form', () => {
  const directory = createZipDirectory()
  const size = 1 << 30
  const member: ZipMember = {
    path: 'a',
    isExecutable: false,
    method: 0,
    crc: 1,
    size,
    packedSize: size,
  }
  for (let index = 0; index < 70_000; index += 1) directory.add({ ...member, path: `f${index}` })
  const end = directory.end()
  expect(end.subarray(-22).readUInt16LE(10)).toBe(0xffff)
  const end64 = end.subarray(-22 - 20 - 56)
  expect(end64.readUInt32LE(0)).toBe(0x0606_4b50)
  expect(end64.readBigUInt64LE(32)).toBe(70_000n)
  expect(end64.readBigUInt64LE(48)).toBeGreaterThan(2n ** 46n)
})

test('what was asked for last is remembered, and loaded once for all who ask at once', async () => {
  const cache = createBoundedCache<number>({ weightMax: 3, weigh: (value) => value })
  const load = vi.fn(async (value: number) => value)
  const get = (key: string, value: number) => cache.get(key, () => load(value))
  await Promise.all([get('a', 1), get('a', 1), get('b', 2)])
  expect(load).toHaveBeenCalledTimes(2)
  await get('a', 1)
  await get('c', 1)
  await get('a', 1)
  expect(load).toHaveBeenCalledTimes(3)
  await get('b', 2)
  expect(load).toHaveBeenCalledTimes(4)
})

test('what failed to load is asked for again', async () => {
  const cache = createBoundedCache<number>({ weightMax: 3, weigh: () => 1 })
  await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await cache.get('a', async () => 1)).toBe(1)
})

async function* emptyStream() {}
