import { spellInvisible, splitInvisible } from '@countersign/console/wording/invisible'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test('nothing of a text is lost, and nothing added', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const parts = splitInvisible(text)
      expect(parts.map((part) => part.text).join('')).toBe(text)
      for (const { at, text: own } of parts) expect(text.slice(at, at + own.length)).toBe(own)
    }),
  )
})

test.each([
  ['\u200b', 'U+200B', 'U+200B zero-width space'],
  ['\u202e', 'U+202E', 'U+202E right-to-left override'],
  ['\u{e0041}', 'U+E0041', 'U+E0041 tag character'],
  ['\u{e0100}', 'U+E0100', 'U+E0100 variation selector'],
  ['\u0007', 'U+0007', 'U+0007 control character'],
  ['\ue000', 'U+E000', 'U+E000 invisible character'],
  ['\r', 'U+000D', 'U+000D control character'],
])('%j stands out by its number and name', (character, label, name) => {
  expect(splitInvisible(`a${character}b`)).toEqual([
    { at: 0, text: 'a' },
    { at: 1, text: character, label, name },
    { at: 1 + character.length, text: 'b' },
  ])
})

test('a letter of another script among Latin ones stands out, a word of that script does not', () => {
  const named = (text: string) => splitInvisible(text).flatMap(({ name }) => name ?? [])
  expect(named('p\u0430ypal')).toEqual(['U+0430, a letter of another script among Latin ones'])
  expect(named('привет, мир')).toEqual([])
})

test('where no box can be drawn, what would not be seen is spelt out', () => {
  expect(spellInvisible('pay\u202etxt.exe')).toBe('pay[U+202E]txt.exe')
  expect(spellInvisible('a report in 漢字')).toBe('a report in 漢字')
})

test('tabs, line ends and what people write are left alone', () => {
  expect(splitInvisible('\ta\r\nüß 漢字 😀\n')).toHaveLength(1)
})
