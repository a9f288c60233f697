import { recogniseKind } from '@countersign/bundles/bake/recognise-kind'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const layout = new Set([...'\t\n\f\r\u{1b}'].map((each) => each.charCodeAt(0)))
const isControl = (byte: number) => byte < 0x20 && !layout.has(byte)

test('ASCII is a text wherever it lies in memory, unless one of its bytes is a control', () => {
  const texts = fc.array(
    fc.oneof(
      { weight: 30, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
      fc.integer({ min: 0, max: 0x1f }),
    ),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(texts, fc.nat({ max: 7 }), (text, offset) => {
      const memory = new Uint8Array(offset + 1 + text.length)
      // Nothing that a mark begins with, and nothing of it.
      const bytes = memory.subarray(offset)
      bytes.set([0x7e, ...text])
      expect(recogniseKind(bytes)).toBe(text.some(isControl) ? 'binary' : 'text')
    }),
  )
})

test('a control is found among letters of any length', () => {
  const letters = Buffer.from('ä€𝄞'.repeat(9))
  expect(recogniseKind(letters)).toBe('text')
  expect(recogniseKind(Buffer.concat([letters, Buffer.from([7])]))).toBe('binary')
})

test.each([
  'GIF89a',
  'BM',
  'wOFF',
  'true',
  'RIFF1234WEBP',
  '1234ftypavif',
])('the letters %s make no picture and no font of a text', (letters) => {
  expect(recogniseKind(Buffer.from(`${letters}\nRead this page before any other.\n`))).toBe('text')
  expect(
    recogniseKind(
      Buffer.from(`${letters}\nLies das Blatt f\xfcr dich, ehe du ein anderes liest.\n`, 'latin1'),
    ),
  ).toBe('binary')
})
