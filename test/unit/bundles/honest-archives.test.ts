import { readdirSync, readFileSync } from 'node:fs'
import { unpackArchive } from '@countersign/bundles/intake/unpack-archive'
import { createBytesSource } from '@countersign/bundles/zip/byte-source'
import { expect, test } from 'vitest'
import { buildZip, type RawEntry, zipOf } from '../../support/zip-builder.ts'

const archives = new URL('archives/', import.meta.url)
const unpack = (archive: Uint8Array) => unpackArchive(createBytesSource(archive))
const entry: RawEntry = { name: 'SKILL.md', data: 'Words, and words again.' }

test.each(
  readdirSync(archives).filter((name) => name.endsWith('.zip')),
)('%s is read as it was packed', async (name) => {
  const { files, droppedFiles } = await unpack(readFileSync(new URL(name, archives)))
  const texts = await Promise.all(files.map(async (file) => String(await file.read())))
  expect(files.map(({ path }, index) => [path, texts[index]])).toEqual([
    ['my-skill/SKILL.md', '---\nname: my-skill\ndescription: Says hello\n---\n\n# Hello\n'],
    ['my-skill/café.txt', 'naïve\n'],
    ['my-skill/empty', ''],
    ['my-skill/scripts/run.sh', '#!/bin/sh\necho hello\n'],
  ])
  expect(files.map(({ isExecutable }) => isExecutable)).toEqual([false, false, false, true])
  expect(droppedFiles).toEqual([])
})

test.each<[string, Buffer]>([
  ['with sizes behind the bytes', buildZip([{ ...entry, descriptor: 32 }])],
  ['with 64 bit sizes behind the bytes', buildZip([{ ...entry, descriptor: 64 }])],
  ['with 64 bit sizes in front', buildZip([{ ...entry, zip64: 'local' }])],
  ['with 64 bit sizes everywhere', buildZip([{ ...entry, zip64: 'both' }], { zip64: true })],
  ['with a 64 bit end', buildZip([entry], { zip64: true })],
  ['with a comment', buildZip([entry], { comment: '4f5a1c0e' })],
  ['from a system without modes', buildZip([{ ...entry, mode: 0, host: 0 }])],
  ['without compression', buildZip([{ ...entry, method: 0 }])],
])('an archive %s is read', async (_, archive) => {
  const { files } = await unpack(archive)
  expect(files.map(({ path, isExecutable }) => [path, isExecutable])).toEqual([['SKILL.md', false]])
  expect(String(await files[0]?.read())).toBe(entry.data)
})

test('an archive without entries is read as nothing', async () => {
  expect(await unpack(zipOf({}))).toEqual({ files: [], droppedFiles: [] })
})

test('what a Mac or a Windows desktop adds is dropped, and told', async () => {
  const { files, droppedFiles } = await unpack(
    zipOf({
      'my-skill/': '',
      'my-skill/SKILL.md': 'Words.',
      'my-skill/.DS_Store': '\0\0\0\x01Bud1',
      'my-skill/Thumbs.db': 'thumbs',
      'my-skill/._SKILL.md': 'fork',
      '__MACOSX/my-skill/._SKILL.md': 'fork',
    }),
  )
  expect(files.map(({ path }) => path)).toEqual(['my-skill/SKILL.md'])
  expect(droppedFiles).toEqual([
    '__MACOSX/my-skill/._SKILL.md',
    'my-skill/.DS_Store',
    'my-skill/._SKILL.md',
    'my-skill/Thumbs.db',
  ])
})

test.each<[string, Record<string, string>]>([
  ['an Office document', { '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' }],
  ['an EPUB', { mimetype: 'application/epub+zip', 'META-INF/container.xml': '<c/>' }],
  ['an OpenDocument', { mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '' }],
])('%s is a document, not an archive in the archive', async (_, parts) => {
  const members = Object.entries(parts).map(([name, data]) => ({ name, data, method: 0 }))
  const { files } = await unpack(zipOf({ 'SKILL.md': 'Words.', 'a.bin': buildZip(members) }))
  expect(files).toHaveLength(2)
})

test('text that begins like an archive is text', async () => {
  const files = { a: 'BZh is how bzip2 begins', b: '070701 is cpio', c: 'hsqs', d: 'PK' }
  expect((await unpack(zipOf(files))).files).toHaveLength(4)
})
