import { crc32 } from 'node:zlib'
import { unpackArchive } from '@countersign/bundles/intake/unpack-archive'
import { createBytesSource } from '@countersign/bundles/zip/byte-source'
import type { ServiceError } from '@countersign/core/errors'
import { expect, test } from 'vitest'
import { refusalOf } from '../../support/refusal.ts'
import { buildZip, type RawEntry } from '../../support/zip-builder.ts'

const skill: RawEntry = { name: 'SKILL.md', data: 'Words.' }
const file = (name: string | Buffer, more: Partial<RawEntry> = {}) => ({
  name,
  data: 'words',
  ...more,
})
const beside = (...entries: RawEntry[]) => buildZip([skill, ...entries])

/** Names and modes that lead somewhere else, or to another place on another system. */
const hostile: [reason: string, what: string, archive: Buffer][] = [
  ['path_too_long', 'a path of 241 bytes', beside(file(`${'é'.repeat(119)}/aa`))],
  ['path_too_deep', 'a path of 17 parts', beside(file(`${'d/'.repeat(16)}f`))],
  ['unsafe_path', 'an absolute path', beside(file('/etc/passwd'))],
  ['unsafe_path', 'a way out', beside(file('../../.ssh/authorized_keys'))],
  ['unsafe_path', 'a way out in the middle', beside(file('a/../../b'))],
  ['unsafe_path', 'a part that is a dot', beside(file('a/./b'))],
  ['unsafe_path', 'an empty part', beside(file('a//b'))],
  ['unsafe_path', 'an empty name', beside(file(''))],
  ['unsafe_path', 'a drive', beside(file('C:/Windows/b'))],
  ['unsafe_path', 'a drive without a slash', beside(file('c:b'))],
  ['unsafe_path', 'a backslash', beside(file('..\\b'))],
  ['unsafe_path', 'a NUL', beside(file('SKILL.md\0.png'))],
  ['unsafe_path', 'a line feed', beside(file('a\nb'))],
  ['unsafe_path', 'a mark that turns the direction', beside(file('a\u{202e}dm.exe'))],
  ['unsafe_path', 'a space of no width', beside(file('SKILL\u{200b}.md'))],
  ['unsafe_path', "git's own folder", beside(file('.git/hooks/pre-commit'))],
  ['unsafe_path', "git's own folder in capitals", beside(file('a/.GIT/config'))],
  ['unsafe_path', "git's own folder as Windows shortens it", beside(file('git~1/config'))],
  ['unsafe_path', 'a folder that leads out', beside({ name: '../x/' })],
  ['unsafe_entry', 'a symbolic link', beside(file('b', { data: '/etc/passwd', mode: 0o120777 }))],
  ['unsafe_entry', 'a symbolic link from no Unix', beside(file('b', { mode: 0o120777, host: 0 }))],
  ['unsafe_entry', 'a symbolic link to a folder', beside({ name: 'b/', mode: 0o120777 })],
  ['unsafe_entry', 'a pipe', beside(file('b', { mode: 0o010644 }))],
  ['unsafe_entry', 'a device', beside(file('b', { mode: 0o060644 }))],
  ['unsafe_entry', 'a socket', beside(file('b', { mode: 0o140755 }))],
  ['unsafe_entry', 'a file that is a folder by its mode', beside(file('b', { mode: 0o040755 }))],
  ['unsafe_entry', 'a program that runs as its owner', beside(file('b', { mode: 0o104755 }))],
  ['unsafe_entry', 'a program that runs as its group', beside(file('b', { mode: 0o102755 }))],
  ['ambiguous_path', 'a name twice', beside(file('SKILL.md'))],
  ['ambiguous_path', 'names that differ in case', beside(file('skill.MD'))],
  ['ambiguous_path', 'folders that differ in case', beside(file('Hooks/a'), file('hooks/b'))],
  [
    'ambiguous_path',
    'names that differ in how ß is written',
    beside(file('straße'), file('STRASSE')),
  ],
  ['ambiguous_path', 'names that differ in the case of ß', beside(file('ß'), file('ẞ'))],
  [
    'ambiguous_path',
    'names that differ in normal form',
    beside(file('caf\u{e9}'), file('cafe\u{301}')),
  ],
  ['ambiguous_path', 'a file that is also a folder', beside(file('a'), file('a/b'))],
  ['ambiguous_path', 'a folder that is also a file', beside(file('a/b'), file('A'))],
  ['ambiguous_path', 'a folder listed twice', beside({ name: 'a/' }, { name: 'a/' })],
  ['ambiguous_path', 'a device of Windows', beside(file('aux'))],
  ['ambiguous_path', 'a device of Windows with a suffix', beside(file('scripts/NUL.md'))],
  ['ambiguous_path', 'a dot at the end', beside(file('a./b'))],
  ['ambiguous_path', 'a space at the end', beside(file('b '))],
  ['ambiguous_path', 'a stream of NTFS', beside(file('SKILL.md:hidden'))],
  ['ambiguous_path', 'a name that is not UTF-8', beside(file(Buffer.from('caf\xe9', 'latin1')))],
  [
    'ambiguous_path',
    'a name in an untold encoding',
    beside(file(Buffer.from('caf\x82', 'latin1'), { flags: 0 })),
  ],
  [
    'ambiguous_path',
    'two names for one file',
    beside(file('a.md', { extra: unicodePath('a.md', 'b.md') })),
  ],
]

test.each(hostile)('%s: %s', async (reason, _, archive) => {
  expect(await refusalOf(archive)).toBe(reason)
})

test('a refusal shows no character that a terminal would obey', async () => {
  const source = createBytesSource(beside(file('a\u{202e}\u{1b}[31mb\u{9b}2J')))
  const refusal: ServiceError = await unpackArchive(source).then(
    () => expect.fail(),
    (error) => error,
  )
  expect(refusal.detail).toContain('invisible')
  expect(refusal.detail).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})

/** The extra field in which Info-ZIP tells a second name. */
function unicodePath(name: string, other: string): Buffer {
  const field = Buffer.alloc(9)
  field.writeUInt16LE(0x7075, 0)
  field.writeUInt16LE(5 + other.length, 2)
  field.writeUInt8(1, 4)
  field.writeUInt32LE(crc32(name), 5)
  return Buffer.concat([field, Buffer.from(other)])
}
