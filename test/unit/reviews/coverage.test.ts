import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinParts, readBack } from '../../support/read-back.ts'
import { prepare } from '../../support/review-fixtures.ts'

/** Bytes of every kind: text of many scripts, broken text, the marks and tags that we use ourselves. */
const fragment = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(
    '\n',
    '\r\n',
    '\r',
    '\t',
    '¦',
    '7¦ ',
    '¦end¦',
    '¦…¦',
    '¦U+200B¦',
    '</bundle-0>',
    '<ＢＵＮＤＬＥ',
    '\u2028',
    '\uFEFF',
    '\u200B\u200B\u200C',
    '\u{E0041}\u{E003C}',
    '👩‍👩‍👧❤️',
    'a plain line of text\n',
  ),
)
const utf8File = fc
  .array(fragment, { maxLength: 30 })
  .map((parts) => Buffer.concat(parts.map((part) => Buffer.from(part))))
const utf16File = fc
  .string({ unit: 'binary' })
  .map((text) => Buffer.from(`\uFEFF${text}`, 'utf16le'))
const bundle = fc.dictionary(
  fc.stringMatching(/^[a-zA-Z][a-zA-Z/. ¦<>-]{0,12}[a-z]$/),
  fc.oneof(
    utf8File,
    utf16File,
    utf16File.map((bytes) => Buffer.from(bytes).swap16()),
  ),
  { maxKeys: 6 },
)

describe('what is sent', () => {
  test('gives back every text byte of the bundle', async () => {
    await fc.assert(
      fc.asyncProperty(bundle, async (files) => {
        const { prompts, coverage } = await prepare(files)
        const sent = joinParts(prompts.flatMap(({ user }) => readBack(user)))
        for (const [path, bytes] of Object.entries(files)) {
          expect(Buffer.from(sent.get(path) ?? [])).toEqual(bytes)
        }
        expect(coverage.covered).toBe(coverage.bytes)
      }),
      { numRuns: 300 },
    )
  })
})
