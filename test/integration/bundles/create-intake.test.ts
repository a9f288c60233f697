import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createFileBlobStore } from '@countersign/bundles/blobs/file-blob-store'
import type { AsNew } from '@countersign/core/ports'
import { createIntake } from '@countersign/scanner/intake/create-intake'
import { expect, test } from 'vitest'
import { uploadOf } from '../../support/bundle-files.ts'
import { aSkill, description } from '../../support/bundles.ts'
import { createFolder } from '../../support/create-folder.ts'
import { zipOf } from '../../support/zip-builder.ts'

async function setUp({ touchBlob = async () => {} } = {}) {
  const root = await createFolder()
  const scratchDir = join(root, 'scratch')
  const blobs = createFileBlobStore(join(root, 'blobs'))
  const intake = createIntake({
    blobs,
    store: { versions: { touchBlob } },
    scratchDir,
  })
  const asNew: AsNew = { naming: { personHandle: 'ana' }, description }
  return { intake, blobs, asNew, listScratch: () => readdir(scratchDir) }
}

const identity = { slug: 'report-checker-by-ana', n: 1 }
const metadata = { name: 'report-checker', description }

test('a bundle that is baked on opening is what it is baked as later, and is stored', async () => {
  const { intake, blobs, asNew, listScratch } = await setUp()
  const upload = await uploadOf(zipOf(aSkill()))
  const bake = async (likely?: AsNew) => {
    await using bundle = await intake.open(upload, 'skill', likely)
    return await bundle.bake(identity, metadata)
  }
  const early = await bake(asNew)
  expect(await bake()).toEqual(early)
  expect(await blobs.find(early.hash)).toBeDefined()
  expect(await listScratch()).toEqual([])
})

test('a bundle that turns out to be a later version, or called otherwise, is baked as that', async () => {
  const { intake, asNew, listScratch } = await setUp()
  const upload = await uploadOf(zipOf(aSkill()))
  {
    await using bundle = await intake.open(upload, 'skill', asNew)
    const first = await bundle.bake(identity, metadata)
    const second = await bundle.bake({ ...identity, n: 2 }, metadata)
    expect(second).toMatchObject({ contentHash: first.contentHash })
    expect(second.hash).not.toBe(first.hash)
    const other = { slug: 'figures-by-ana', n: 1 }
    expect(await bundle.bake(other, { ...metadata, name: 'Figures' })).toMatchObject({
      slug: other.slug,
    })
  }
  expect(await listScratch()).toEqual([])
})

test('a bundle that no name can be found for is still introduced, and a broken one leaves nothing', async () => {
  const { intake, asNew, listScratch } = await setUp()
  const nameless = { ...asNew, naming: { ...asNew.naming, name: '!!!' } }
  await using bundle = await intake.open(await uploadOf(zipOf(aSkill())), 'skill', nameless)
  expect(bundle.name).toBe('report-checker')
  const broken = await uploadOf(Buffer.from('PK no archive'))
  await expect(intake.open(broken, 'skill', asNew)).rejects.toMatchObject({
    code: 'invalid_bundle',
  })
  await bundle[Symbol.asyncDispose]()
  expect(await listScratch()).toEqual([])
})

test('what could not be announced is stored nowhere, and leaves nothing', async () => {
  const cause = new Error('no database')
  const touchBlob = () => Promise.reject(cause)
  const { intake, blobs, asNew, listScratch } = await setUp({ touchBlob })
  const upload = await uploadOf(zipOf(aSkill()))
  for (const likely of [asNew, undefined]) {
    await using bundle = await intake.open(upload, 'skill', likely)
    await expect(bundle.bake(identity, metadata)).rejects.toBe(cause)
  }
  expect(await Array.fromAsync(blobs.list())).toEqual([])
  expect(await listScratch()).toEqual([])
})
