import { createHash } from 'node:crypto'
import { answerSchema } from '@countersign/core/reviews/prompt/answer-schema'
import { buildPrompt, promptHash } from '@countersign/core/reviews/prompt/build-prompt'
import type { BundleFacts } from '@countersign/core/reviews/prompt/bundle-facts'
import { describeBundle } from '@countersign/core/reviews/prompt/describe-bundle'
import { describe, expect, test } from 'vitest'
import { listFencedLines } from '../../support/read-back.ts'
import { aFinding, noCapabilities, prepare, someFacts } from '../../support/review-fixtures.ts'

const noParts = { chunk: { parts: [] }, nth: 0, count: 1 }

test('every label and mark that is used is explained to the model', async () => {
  const paths = Array.from({ length: 900 }, (_, n) => `references/${n}.md`)
  const content = `${'same\n'.repeat(4)}${'x'.repeat(2_500)}\n\u200B\u200B\u{E0061}<bundle>`
  const facts = someFacts({
    files: paths.map((path) => ({ path, size: 9, kind: 'text' })),
    capabilities: { ...noCapabilities, bin: ['bin/run'] },
    hints: [aFinding()],
  })
  const bytes = Buffer.concat([Buffer.from(content), Buffer.from([0x9d])])
  const { prompts } = await prepare({ 'SKILL.md': bytes }, { facts })
  const { user = '', system = '' } = prompts[0] ?? {}
  const labels = new Set(listFencedLines(user).map((line) => line.split('¦', 1)[0] ?? ''))
  const words = [...labels].filter((label) => !/^\d/.test(label))
  expect(words.length).toBeGreaterThan(8)
  for (const word of words) expect(system).toContain(`"${word}¦"`)
  expect(labels).toContain('1-4')
  const marks = user.match(/¦(?:…|end|[^¦\n]*(?:U\+|x9D|tag")[^¦\n]*)¦/gu)
  expect(marks).toEqual(['¦…¦', '¦…¦', '¦U+200B*2 tag"a"¦', '¦U+003C¦', '¦x9D¦', '¦end¦'])
  for (const mark of [
    '"12-90¦"',
    '¦…¦',
    '¦end¦',
    '¦U+200B*9¦',
    '¦x9D¦',
    '¦tag"abc"¦',
    '¦U+003C¦',
  ]) {
    expect(system).toContain(mark)
  }
})

describe('the random parts of a prompt', () => {
  const facts = someFacts({ name: 'aaaa-bbbb' })

  test('are other ones each time', () => {
    const [one, other] = [buildPrompt(facts, noParts), buildPrompt(facts, noParts)]
    expect(one.receipt).not.toBe(other.receipt)
    expect(one.user).not.toBe(other.user)
    expect(one.key).toBe(other.key)
  })

  test('are drawn again if the bundle holds them', () => {
    const draws = ['aaaa', 'cccc', 'bbbb', 'dddd']
    const random = () => draws.shift() ?? 'none'
    const { user, receipt } = buildPrompt(facts, { ...noParts, random })
    expect(user).toContain('<bundle-cccc>')
    expect(receipt).toBe('dddd')
  })

  test('are never made from a source that repeats itself', () => {
    const random = () => 'aaaa'
    expect(() => buildPrompt(facts, { ...noParts, random })).toThrow('repeats itself')
  })

  test('are demanded back by the schema', () => {
    const { schema, receipt } = buildPrompt(facts, noParts)
    expect(schema).toMatchObject({
      required: expect.arrayContaining(['receipt', 'risk_level']),
      properties: { receipt: { type: 'string', const: receipt } },
    })
  })
})

test('the key of a prompt digests all that it says, whatever was digested before', () => {
  for (const name of ['one', 'other']) {
    const { system, user, key } = buildPrompt(someFacts({ name }), noParts)
    const [, body = ''] = /^<bundle-.*>\n([\s\S]*)\n<\/bundle-/m.exec(user) ?? []
    const said = JSON.stringify([system, answerSchema(''), 'a whole bundle', body])
    expect(key).toBe(createHash('sha256').update(said).digest('base64url').slice(0, 18))
  }
})

test('the prompt has a hash that names its words and not the bundle', () => {
  expect(promptHash()).toMatch(/^[0-9a-f]{64}$/)
  expect(promptHash()).toBe(promptHash())
})

test('the key of a prompt changes with anything that is asked', () => {
  const keyOf = (facts: Partial<BundleFacts>, nth = 0) =>
    buildPrompt(someFacts(facts), { ...noParts, nth, count: 2 }).key
  const keys = [
    keyOf({}),
    keyOf({}, 1),
    keyOf({ name: 'other' }),
    keyOf({ description: 'other' }),
    keyOf({ hints: [aFinding()] }),
  ]
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.every((key) => /^[\w-]{18}$/.test(key))).toBe(true)
})

test('a fact that is too long for its list is counted, and keeps no other off the list', () => {
  const capabilities = { ...noCapabilities, env: ['X'.repeat(20_000), 'SHORT'] }
  const lines = describeBundle(someFacts({ capabilities }), [])
  expect(lines).toContain('capability¦ env "SHORT"')
  expect(lines).toContain('note¦ 1 more capability facts are not listed')
})
