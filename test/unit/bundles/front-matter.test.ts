import { parseFrontMatter } from '@countersign/bundles/manifest/front-matter'
import { readLoosely } from '@countersign/bundles/manifest/read-loosely'
import { setFrontMatterName } from '@countersign/bundles/manifest/set-front-matter-name'
import { expect, test } from 'vitest'

const rename = (text: string) => String(setFrontMatterName(Buffer.from(text), 'new-name'))
const parse = (text: string) => parseFrontMatter(Buffer.from(text))

test.each([
  ['a plain name', '---\nname: old\nx: 1\n---\nbody', '---\nname: new-name\nx: 1\n---\nbody'],
  ['a quoted name', '---\nname: "old: one"\n---\n', '---\nname: new-name\n---\n'],
  ['a comment behind it', '---\nname: old # mine\n---\n', '---\nname: new-name # mine\n---\n'],
  ['a folded name', '---\nname: >-\n  old\n  one\nx: 1\n---\n', '---\nname: new-name\nx: 1\n---\n'],
  ['no value', '---\nname:\nx: 1\n---\n', '---\nname: new-name\nx: 1\n---\n'],
  ['a list', '---\nname:\n  - a\n  - b\nx: 1\n---\n', '---\nname: new-name\nx: 1\n---\n'],
  ['a quoted key', '---\n"name": old\n---\n', '---\n"name": new-name\n---\n'],
  ['no name', '---\nx: 1\n---\nbody', '---\nname: new-name\nx: 1\n---\nbody'],
  ['only indented fields', '---\n  x: 1\n---\n', '---\n  name: new-name\n  x: 1\n---\n'],
  ['nothing in it', '---\n---\nbody', '---\nname: new-name\n---\nbody'],
  ['no front matter', '# Title\n', '---\nname: new-name\n---\n\n# Title\n'],
  ['one that never ends', '---\nname: old\n', '---\nname: new-name\n---\n\n---\nname: old\n'],
  ['Windows lines', '---\r\nx: 1\r\n---\r\n', '---\r\nname: new-name\r\nx: 1\r\n---\r\n'],
  ['a byte order mark', '\u{feff}---\nname: old\n---\n', '\u{feff}---\nname: new-name\n---\n'],
  [
    'a nested name',
    '---\nmeta:\n  name: old\n---\n',
    '---\nname: new-name\nmeta:\n  name: old\n---\n',
  ],
  ['an anchor', '---\nname: &n old\nx: *n\n---\n', '---\nname: &n new-name\nx: *n\n---\n'],
  ['a name in the body', '---\nx: 1\n---\nname: old', '---\nname: new-name\nx: 1\n---\nname: old'],
  [
    'broken YAML',
    '---\nname: old: one\ndescription: Use when: now\n---\n',
    '---\nname: new-name\ndescription: Use when: now\n---\n',
  ],
  ['two names', '---\nname: old\nname: older\n---\n', '---\nname: new-name\nname: new-name\n---\n'],
])('the name is put into front matter with %s, and nothing else is touched', (_, before, after) => {
  expect(rename(before)).toBe(after)
})

test('bytes that are no text survive the edit of the name', () => {
  const bytes = Buffer.from('---\nname: old\n---\n\xff\xfe\x80', 'latin1')
  const edited = Buffer.from(setFrontMatterName(bytes, 'new-name')).toString('latin1')
  expect(edited).toBe('---\nname: new-name\n---\n\xff\xfe\x80')
})

test('folded and literal texts are read as YAML says', () => {
  const { fields } = parse('---\nfolded: >-\n  one\n  two\nkept: |\n  one\n  two\n---\n')
  expect(fields).toEqual({ folded: 'one two', kept: 'one\ntwo\n' })
})

test.each([
  ['no front matter', '# Title', /none/],
  ['one that never ends', '---\nname: a\n', /never closed/],
  ['a repeated field', '---\na: 1\na: 2\n---\n', /unique/],
  ['a list', '---\n- a\n---\n', /fields/],
  ['an alias bomb', `---\n${aliasBomb()}---\n`, /alias/],
  ['deep nesting', `---\na: ${'['.repeat(10_000)}\n---\n`, /./],
  ['more than 16 KiB', `---\na: ${'b'.repeat(17_000)}\n---\n`, /16 KiB/],
])('%s is told as the reason why it cannot be parsed', (_, text, why) => {
  expect(parse(text).parseError).toMatch(why)
})

test('versions stay as they are written', () => {
  expect(parse('---\nversion: 1.10\n---\n').version).toBe('1.10')
  expect(parse('---\nmetadata:\n  version: 1.0\n---\n').version).toBe('1.0')
  expect(parse('---\nversion: 2.0\nbad: a: b\n---\n').version).toBe('2.0')
})

test('a lenient reader finds what the author meant', () => {
  expect(
    readLoosely(
      'name: x\ndescription: Use when: "a"\n  and: b\ntools:\n  - Read\n  - "Write"\nquote: \'q\'\nfold: >\n  one\n  two\nname: y\n',
    ),
  ).toEqual({
    name: 'x',
    description: 'Use when: "a" and: b',
    tools: ['Read', 'Write'],
    quote: 'q',
    fold: 'one two',
  })
})

function aliasBomb(): string {
  const levels = Array.from({ length: 12 }, (_, level) => {
    const items = Array.from({ length: 9 }, () => (level === 0 ? 'x' : `*a${level - 1}`))
    return `a${level}: &a${level} [${items.join(', ')}]\n`
  })
  return levels.join('')
}
