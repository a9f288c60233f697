import { parseFrontMatter } from '@countersign/bundles/manifest/front-matter'
import { readPlainFields } from '@countersign/bundles/manifest/read-plain-fields'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isScalar, parseDocument } from 'yaml'

const key = fc.constantFrom(
  'name',
  'description',
  'a-b',
  'version',
  'null',
  'True',
  '__proto__',
  'constructor',
  'n2',
  '2n',
)
const word = fc.constantFrom(
  'word',
  'Use when',
  ' ',
  '  ',
  ':',
  ': ',
  ' #',
  '#',
  '"',
  "'",
  '\\',
  'true',
  'NULL',
  'yes',
  'no',
  '1.0',
  '0x1f',
  '~',
  '-',
  '- ',
  '?',
  '&a',
  '*a',
  '!t',
  '|',
  '>',
  '%',
  '@',
  '`',
  '[x]',
  '{y}',
  ',',
  '—',
  'é',
  '日本',
  '😀',
  '\t',
  '\r',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\u007f',
  '<<',
  '...',
  '---',
  '\n',
  '\n ',
)
const value = fc.array(word, { maxLength: 6 }).map((words) => words.join(''))
const field = fc.tuple(
  key,
  fc.constantFrom(': ', ':', ':  ', ' : '),
  fc.oneof(
    value,
    value.map((text) => `"${text}"`),
    value.map((text) => `'${text}'`),
  ),
)
const yaml = fc
  .tuple(fc.array(field, { maxLength: 4 }), fc.constantFrom('', '\n', '\n\n'))
  .map(([fields, end]) => fields.map((parts) => parts.join('')).join('\n') + end)

test('what is read without a parser is what the parser reads', () => {
  fc.assert(
    fc.property(yaml, (yaml) => {
      const plain = readPlainFields(yaml)
      if (!plain) return
      const document = parseDocument(yaml, { uniqueKeys: true, prettyErrors: false })
      expect(document.errors).toEqual([])
      expect(Object.fromEntries(plain.map(({ key, value }) => [key, value]))).toEqual(
        document.toJS(),
      )
      for (const { key, value, start, end } of plain) {
        const scalar = document.get(key, true)
        expect(isScalar(scalar) && [scalar.source, ...(scalar.range?.slice(0, 2) ?? [])]).toEqual([
          value,
          start,
          end,
        ])
      }
    }),
    { numRuns: 3_000 },
  )
})

test.each([
  'name: report-checker\ndescription: Checks that every figure agrees with its table.\n',
  'name: "report checker"',
  "description: 'Use when: a report is done'   \nname: a",
  'homepage: docs at https://example.com/a#b — see there\n',
])('front matter that most people write needs no parser: %j', (yaml) => {
  expect(readPlainFields(yaml)).toBeDefined()
})

test('the version is told as written, and the place of the name with its quotes', () => {
  const { version, namePlace } = parseFrontMatter(
    Buffer.from('---\nversion: "1.10"\nname: \'a b\'  \n---\n'),
  )
  expect(version).toBe('1.10')
  expect(namePlace).toEqual({ start: 22, end: 27 })
})
