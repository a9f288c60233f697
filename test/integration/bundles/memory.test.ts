import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { uploadOf } from '../../support/bundle-files.ts'
import { createFolder } from '../../support/create-folder.ts'
import { runProgram } from '../../support/run-program.ts'
import { buildZip, type RawEntry } from '../../support/zip-builder.ts'

const takeIn = fileURLToPath(new URL('../../support/take-in.ts', import.meta.url))
const skill: RawEntry = { name: 'SKILL.md', data: '---\nname: a\n---\nWords.\n' }

test.each<[string, string, () => RawEntry[]]>([
  ['195 MiB in 39 files', 'stored', () => alike(39, 5 << 20)],
  ['190 MiB in 1,990 files', 'stored', () => alike(1990, 100_000)],
  ['a bomb of 2 GiB', 'bad_ratio', bomb],
  ['a bomb of 2 GiB that tells of 1 MiB', 'zip_invalid', () => bomb().map(hide)],
])('%s: %s, in less than 400 MiB of memory', async (_, outcome, entries) => {
  const { path } = await uploadOf(buildZip([skill, ...entries()]))
  const folder = await createFolder()
  const told = JSON.parse(await runProgram([process.execPath, takeIn, path, folder]))
  expect(told).toEqual({ outcome, peakMiB: expect.any(Number) })
  expect(told.peakMiB).toBeLessThan(400)
  if (outcome !== 'stored') expect(await readdir(folder)).toEqual([])
})

/** Many files of the same bytes, which are packed only once here. */
function alike(count: number, size: number): RawEntry[] {
  const blocks = Math.ceil(size / 65_536)
  const parts = Array.from({ length: blocks }, () => Buffer.alloc(65_536, randomBytes(12_000)))
  const data = Buffer.concat(parts).subarray(0, size)
  const packed = deflateRawSync(data)
  return Array.from({ length: count }, (_, at) => ({ name: `d${at % 50}/f${at}`, data, packed }))
}

function bomb(): RawEntry[] {
  const data = Buffer.alloc(64 << 20)
  const packed = deflateRawSync(data)
  return Array.from({ length: 32 }, (_, at) => ({ name: `f${at}`, data, packed }))
}

/** Lets an entry tell a size that would be allowed. */
function hide(entry: RawEntry): RawEntry {
  const told = { size: 1 << 20 }
  return { ...entry, local: told, central: told }
}
