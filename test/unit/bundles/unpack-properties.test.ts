import { readFileSync } from 'node:fs'
import { unpackArchive } from '@countersign/bundles/intake/unpack-archive'
import { createBytesSource } from '@countersign/bundles/zip/byte-source'
import { ServiceError } from '@countersign/core/errors'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentOf } from '../../support/bundle-files.ts'
import { readWithYauzl } from '../../support/read-with-yauzl.ts'
import { buildZip } from '../../support/zip-builder.ts'

const seeds = [
  readFileSync(new URL('archives/info-zip.zip', import.meta.url)),
  readFileSync(new URL('archives/python-zip64.zip', import.meta.url)),
  readFileSync(new URL('archives/python-streamed.zip', import.meta.url)),
  buildZip(
    [
      { name: 'a', data: 'one' },
      { name: 'b', data: 'two', descriptor: 64 },
    ],
    { zip64: true },
  ),
]

const edit = fc.oneof(
  fc.record({ at: fc.nat(1200), bytes: fc.uint8Array({ minLength: 1, maxLength: 4 }) }),
  fc.record({
    at: fc.nat(1200),
    bytes: fc.constantFrom(Buffer.from('PK\x05\x06'), Buffer.alloc(8, 255)),
  }),
)
const mangled = fc
  .tuple(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 3 }))
  .map(([seed, edits]) => {
    const bytes = Buffer.from(seed)
    for (const { at, bytes: put } of edits) bytes.set(put, at % (bytes.length - put.length))
    return bytes
  })

test('an archive that is accepted reads the same to a reader that knows nothing of us', async () => {
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(mangled, async (archive) => {
      const unpacked = await unpackArchive(createBytesSource(archive)).catch((error: unknown) => {
        expect(error).toBeInstanceOf(ServiceError)
        return undefined
      })
      if (!unpacked) return
      accepted += 1
      const found = (await readWithYauzl(archive)).filter(([name]) => !name.endsWith('/'))
      const ours = Object.entries(await contentOf(unpacked.files))
      const told = ours.map(([name, data]) => [name.replace(/!$/, ''), data])
      expect(Object.fromEntries(told)).toEqual(Object.fromEntries(found))
    }),
    { numRuns: 4000 },
  )
  expect(accepted).toBeGreaterThan(10)
})

test('no bytes at all make the reader fail in another way than by refusing them', async () => {
  const noise = fc.uint8Array({ maxLength: 200 })
  await fc.assert(
    fc.asyncProperty(noise, async (bytes) => {
      const refusal = unpackArchive(createBytesSource(Buffer.concat([Buffer.from('PK'), bytes])))
      await expect(refusal).rejects.toBeInstanceOf(ServiceError)
    }),
  )
})
