import { encodeJson } from '@countersign/core/encode-json'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const part = fc.constantFrom('\0', '\ud83d', '\ude00', '😀', '\\', 'u0000', 'ud83d', '\u0001', 'a')
const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''))
const value = fc.jsonValue({ maxDepth: 2 })

/** The same with every NUL, and every half of a character, replaced: in keys too. */
function keepable(given: unknown): unknown {
  if (typeof given === 'string') return given.replaceAll('\0', '\ufffd').toWellFormed()
  if (Array.isArray(given)) return given.map(keepable)
  if (typeof given !== 'object' || given === null) return given
  return Object.fromEntries(
    Object.entries(given).map(([key, one]) => [keepable(key), keepable(one)]),
  )
}

test('what no database keeps is replaced, and nothing else, wherever it stands', () => {
  const values = fc.array(fc.oneof(text, value, fc.dictionary(text, fc.array(text))))
  fc.assert(
    fc.property(values, (given) => {
      expect(JSON.parse(encodeJson(given))).toEqual(keepable(JSON.parse(JSON.stringify(given))))
    }),
  )
})
