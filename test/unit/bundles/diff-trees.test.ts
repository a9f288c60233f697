import { createHash } from 'node:crypto'
import { diffTrees } from '@countersign/bundles/diff/diff-trees'
import { expect, test } from 'vitest'

function side(files: Record<string, string | Uint8Array>, executable: string[] = []) {
  const all = Object.entries(files).map(([path, content]) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    return { path, bytes, isExecutable: executable.includes(path) }
  })
  return {
    entries: all.map(({ path, bytes, isExecutable }) => ({
      path,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      isExecutable,
      kind: bytes.includes(0) ? ('binary' as const) : ('text' as const),
    })),
    tree: all.map(({ path, bytes, isExecutable }) => ({
      path,
      size: bytes.length,
      isExecutable,
      read: async () => bytes,
    })),
  }
}

test('a changed text is shown as a unified patch', async () => {
  const [diff] = await diffTrees(side({ 'a.md': 'one\ntwo\n' }), side({ 'a.md': 'one\n2\n' }))
  expect(diff).toMatchObject({ path: 'a.md', change: 'modified', fromPath: null, note: null })
  expect(diff?.patch).toContain('-two\n+2')
})

test('files that are the same are not named', async () => {
  expect(await diffTrees(side({ 'a.md': 'x' }), side({ 'a.md': 'x' }))).toEqual([])
})

test('a file that moved with its bytes is a rename without a patch', async () => {
  const diffs = await diffTrees(side({ 'old/a.md': 'x\n' }), side({ 'new/b.md': 'x\n' }))
  expect(diffs).toEqual([
    { path: 'new/b.md', change: 'renamed', fromPath: 'old/a.md', patch: null, note: null },
  ])
})

test('a file that moved and changed is a rename with a patch', async () => {
  const before = side({ 'skills/x/SKILL.md': 'name: x\nbody\n' })
  const [diff] = await diffTrees(before, side({ 'skills/y/SKILL.md': 'name: y\nbody\n' }))
  expect(diff).toMatchObject({ change: 'renamed', fromPath: 'skills/x/SKILL.md' })
  expect(diff?.patch).toContain('-name: x\n+name: y')
})

test('what is not text is told by its size', async () => {
  const before = side({ 'logo.bin': new Uint8Array([0, 1]) })
  const [diff] = await diffTrees(before, side({ 'logo.bin': new Uint8Array([0, 1, 2]) }))
  expect(diff).toMatchObject({ change: 'modified', patch: null, note: 'Not text, 2 → 3 bytes' })
})

test('a file that becomes executable is a change', async () => {
  const [diff] = await diffTrees(side({ 'run.sh': 'x' }), side({ 'run.sh': 'x' }, ['run.sh']))
  expect(diff).toMatchObject({ change: 'modified', patch: null, note: 'became executable' })
})

test('added and removed files are shown whole', async () => {
  const diffs = await diffTrees(side({ 'a.md': 'gone\n' }), side({ 'b.txt': 'new\n' }))
  expect(diffs.map(({ path, change }) => [path, change])).toEqual([
    ['a.md', 'removed'],
    ['b.txt', 'added'],
  ])
  expect(diffs.map(({ patch }) => patch)).toEqual([
    expect.stringContaining('-gone'),
    expect.stringContaining('+new'),
  ])
})

test('texts that have nothing in common do not hold anybody up', async () => {
  const lines = (word: string) =>
    Array.from({ length: 40_000 }, (_, n) => `${word} ${n}`).join('\n')
  const [diff] = await diffTrees(side({ 'a.txt': lines('a') }), side({ 'a.txt': lines('b') }))
  expect(diff).toMatchObject({ patch: null, note: 'Too different to be shown as a patch' })
})
