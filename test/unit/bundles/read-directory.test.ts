import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openUpload } from '@countersign/bundles/intake/open-upload'
import { packTree } from '@countersign/bundles/intake/pack-tree'
import { readDirectory } from '@countersign/bundles/intake/read-directory'
import { expect, test } from 'vitest'
import { contentOf } from '../../support/bundle-files.ts'
import { createFolder } from '../../support/create-folder.ts'
import { zipOf } from '../../support/zip-builder.ts'

async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const root = await createFolder()
  for (const [path, data] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), data)
  }
  return root
}

const reasonOf = (root: string) =>
  readDirectory(root).then(
    () => 'accepted',
    ({ members }) => members.reason,
  )

test('a folder is read without what git and desktops keep in it', async () => {
  const root = await folderOf({
    'SKILL.md': 'Words.',
    'a/run.sh': 'run',
    '.git/config': '[core]',
    '.DS_Store': '',
    'a/._run.sh': '',
  })
  await chmod(join(root, 'a/run.sh'), 0o755)
  const { files, droppedFiles } = await readDirectory(root)
  expect(await contentOf(files)).toEqual({ 'SKILL.md': 'Words.', 'a/run.sh!': 'run' })
  expect(droppedFiles).toEqual(['.DS_Store', '.git', 'a/._run.sh'])
})

test('a link is refused, wherever it leads', async () => {
  const root = await folderOf({ 'SKILL.md': 'Words.' })
  await symlink('SKILL.md', join(root, 'link'))
  expect(await reasonOf(root)).toBe('unsafe_entry')
})

test.each<[reason: string, files: Record<string, string | Uint8Array>]>([
  ['unsafe_path', { 'a\\b': '' }],
  ['unsafe_path', { 'vendor/.git/config': '' }],
  ['ambiguous_path', { 'Read.md': '', 'read.md': '' }],
  ['ambiguous_path', { 'aux.md': '' }],
  ['path_too_deep', { [`${'d/'.repeat(16)}f`]: '' }],
  ['nested_archive', { 'a.png': zipOf({ a: 'b' }) }],
  ['too_large', { big: Buffer.alloc((5 << 20) + 1) }],
])('%s: what an upload would be refused for is refused at once', async (reason, files) => {
  expect(await reasonOf(await folderOf(files))).toBe(reason)
})

test('a packed folder unpacks to the folder, and packs to the same bytes again', async () => {
  const skill = `---\nname: a\n---\n${'Words. '.repeat(200)}`
  const blank = ' '.repeat(1 << 20)
  const root = await folderOf({ 'SKILL.md': skill, blank, 'café/x': 'é' })
  const { files } = await readDirectory(root)
  const [one, other] = [join(root, '../one.zip'), join(root, '../other.zip')].map((_, index) =>
    join(root, `packed-${index}.zip`),
  ) as [string, string]
  await packTree(files, one)
  await packTree(files, other)
  expect(await readFile(one)).toEqual(await readFile(other))
  await using upload = await openUpload({ path: one, fileName: 'a.zip' }, 'skill')
  expect(await contentOf(upload.files)).toEqual(await contentOf(files))
})

test('a folder that packs to more than 50 MiB is too large', async () => {
  const { randomBytes } = process.getBuiltinModule('node:crypto')
  const noise = randomBytes(5 << 20)
  const names = Array.from({ length: 11 }, (_, index) => [`f${index}`, noise])
  const root = await folderOf(Object.fromEntries(names))
  const { files } = await readDirectory(root)
  const packed = packTree(files, join(await createFolder(), 'a.zip'))
  await expect(packed).rejects.toMatchObject({ members: { reason: 'too_large' } })
})
