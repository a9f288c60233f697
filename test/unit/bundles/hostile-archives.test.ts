import { randomBytes } from 'node:crypto'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { refusalOf } from '../../support/refusal.ts'
import { buildZip, type RawEntry, zipOf } from '../../support/zip-builder.ts'

const skill: RawEntry = { name: 'SKILL.md', data: 'Words.' }
const file = (name: string, more: Partial<RawEntry> = {}) => ({ name, data: 'words', ...more })
const beside = (...entries: RawEntry[]) => buildZip([skill, ...entries])
const zeros = (bytes: number) => Buffer.alloc(bytes)
const plain = zipOf({ 'SKILL.md': 'one', 'a.txt': 'two' })

/** Ways in which an archive can be wrong, and the words that tell them. */
const hostile: [reason: string, what: string, archive: Buffer][] = [
  ['zip_invalid', 'an empty file', Buffer.alloc(0)],
  ['zip_invalid', 'a file that is no archive', Buffer.from('# Just words')],
  ['zip_invalid', 'an archive cut off in its directory', plain.subarray(0, -30)],
  ['zip_invalid', 'an archive cut off in a file', plain.subarray(0, 40)],
  ['zip_invalid', 'bytes in front', buildZip([skill], { prefix: Buffer.from('#!/bin/sh\n') })],
  [
    'zip_invalid',
    'bytes in front that no offset counts',
    Buffer.concat([Buffer.from('GIF89a'), plain]),
  ],
  ['zip_invalid', 'bytes behind', buildZip([skill], { suffix: Buffer.from('<script>') })],
  ['zip_invalid', 'an archive behind an archive', Buffer.concat([plain, zipOf({ b: 'b' })])],
  [
    'zip_invalid',
    'a comment with another end in it',
    buildZip([skill], { comment: zipOf({ b: 'b' }) }),
  ],
  [
    'zip_invalid',
    'bytes between entries',
    buildZip([{ ...skill, gap: Buffer.from('hi') }, file('b')]),
  ],
  [
    'zip_invalid',
    'bytes between the last entry and the directory',
    beside(file('b', { gap: zeros(64) })),
  ],
  [
    'zip_invalid',
    'entries that share their bytes',
    beside(file('b', { central: { headerStart: 0 } })),
  ],
  [
    'zip_invalid',
    'an entry that begins past the end',
    beside(file('b', { central: { headerStart: 9e8 } })),
  ],
  [
    'zip_invalid',
    'a wrong checksum',
    beside(file('b', { central: { crc: 1 }, local: { crc: 1 } })),
  ],
  [
    'zip_invalid',
    'a checksum that only the directory has',
    beside(file('b', { central: { crc: 1 } })),
  ],
  ['zip_invalid', 'another name in the header', beside(file('b', { local: { name: 'c' } }))],
  [
    'zip_invalid',
    'a name of another length in the header',
    beside(file('b', { local: { name: 'cc' } })),
  ],
  ['zip_invalid', 'another method in the header', beside(file('b', { local: { method: 0 } }))],
  ['zip_invalid', 'another size in the header', beside(file('b', { local: { size: 4 } }))],
  ['zip_invalid', 'another flag in the header', beside(file('b', { local: { flags: 0 } }))],
  ['zip_invalid', 'a descriptor that is not there', beside(file('b', { flags: 0x808 }))],
  ['zip_invalid', 'a size that is too small', beside(file('b', lie({ size: 4 })))],
  ['zip_invalid', 'a size that is too large', beside(file('b', lie({ size: 6 })))],
  ['zip_invalid', 'bytes left over in an entry', beside(file('b', { packed: padded('words') }))],
  [
    'zip_invalid',
    'packed bytes that end early',
    beside(file('b', { packed: padded('words').subarray(0, 3) })),
  ],
  [
    'zip_invalid',
    'packed bytes that are none',
    beside(file('b', { packed: Buffer.from('\xff\xff\xff', 'latin1') })),
  ],
  [
    'zip_invalid',
    'a bomb that tells a small size',
    beside(file('b', { packed: deflateRawSync(zeros(4 << 20)) })),
  ],
  ['zip_invalid', 'more entries than it says', buildZip([skill, file('b')], { count: 1 })],
  ['zip_invalid', 'fewer entries than it says', buildZip([skill], { count: 2 })],
  [
    'zip_invalid',
    'a ZIP64 end that counts otherwise',
    buildZip([skill], { zip64: true, end64: { count: 2n } }),
  ],
  [
    'zip_invalid',
    'a ZIP64 end that points elsewhere',
    buildZip([skill], { zip64: true, end64: { start: 0n } }),
  ],
  [
    'zip_invalid',
    'a ZIP64 end of an absurd size',
    buildZip([skill], { zip64: true, end64: { size: 2n ** 63n } }),
  ],
  ['zip_invalid', 'a ZIP64 size without its field', beside(file('b', lie({ size: 0xffff_ffff })))],
  ['zip_invalid', 'a folder with bytes', beside(file('b/', { mode: 0o040755 }))],
  ['too_many_entries', '2,001 entries', buildZip(many(2001))],
  ['too_many_entries', '70,000 entries', buildZip(many(70_000))],
  ['too_many_entries', '70,000 entries, counted in ZIP64', buildZip(many(70_000), { zip64: true })],
  [
    'too_many_entries',
    'an absurd count in ZIP64',
    buildZip([skill], { zip64: true, end64: { count: 2n ** 60n } }),
  ],
  ['bad_ratio', 'a bomb', beside(file('b', { data: zeros(4 << 20) }))],
  ['bad_ratio', 'a bomb larger than a file may be', beside(file('b', { data: zeros(64 << 20) }))],
  ['too_large', 'a file over 5 MiB', beside(file('b', { data: randomBytes((5 << 20) + 1) }))],
  [
    'too_large',
    'an entry with nothing but empty blocks',
    beside(file('b', { data: '', method: 8, packed: emptyBlocks() })),
  ],
  ['too_large', '205 MiB in files of 5', buildZip(heavy())],
  ['unsupported_zip', 'an encrypted file', beside(file('b', { flags: 0x801 }))],
  ['unsupported_zip', 'a masked directory', beside(file('b', { flags: 0x2800 }))],
  ['unsupported_zip', 'another method', beside(file('b', { method: 12 }))],
  ['unsupported_zip', 'one part of several', splitArchive()],
  ['nested_archive', 'a ZIP under another name', beside(file('b.png', { data: plain }))],
  ['nested_archive', 'a gzip', beside(file('b', { data: gzipSync('words') }))],
  ['nested_archive', 'a tar', beside(file('b', { data: tar() }))],
  [
    'nested_archive',
    'a 7z',
    beside(file('b', { data: Buffer.from('7z\xbc\xaf\x27\x1c\0\x04', 'latin1') })),
  ],
  [
    'nested_archive',
    'a rar',
    beside(file('b', { data: Buffer.from('Rar!\x1a\x07\x01\0', 'latin1') })),
  ],
  [
    'nested_archive',
    'a ZIP that claims to be a document',
    beside(file('b', { data: zipOf({ '[Content_Types].xml': '', 'run.sh': '' }) })),
  ],
]

test.each(hostile)('%s: %s', async (reason, _, archive) => {
  expect(await refusalOf(archive)).toBe(reason)
})

function lie(told: { size: number }): Partial<RawEntry> {
  return { local: told, central: told }
}

function padded(text: string): Buffer {
  return Buffer.concat([deflateRawSync(text), Buffer.from('left over')])
}

function many(count: number): RawEntry[] {
  return Array.from({ length: count }, (_, index) => ({ name: `f${index}` }))
}

/** Packed once and stored often: the archive itself is small enough to be accepted. */
function heavy(): RawEntry[] {
  const blocks = Array.from({ length: 80 }, () => Buffer.alloc(65_536, randomBytes(2048)))
  const data = Buffer.concat(blocks)
  const packed = deflateRawSync(data)
  return Array.from({ length: 41 }, (_, index) => file(`f${index}`, { data, packed }))
}

/** Six MiB of packed bytes out of which nothing comes. */
function emptyBlocks(): Buffer {
  const empty = Buffer.from([0, 0, 0, 0xff, 0xff])
  const last = Buffer.from([1, 0, 0, 0xff, 0xff])
  return Buffer.concat([...Array.from({ length: 1_260_000 }, () => empty), last])
}

function splitArchive(): Buffer {
  const archive = Buffer.from(plain)
  archive.writeUInt16LE(1, archive.length - 18)
  return archive
}

function tar(): Buffer {
  const block = Buffer.alloc(1024)
  block.write('words', 0)
  block.write('ustar', 257)
  return block
}
