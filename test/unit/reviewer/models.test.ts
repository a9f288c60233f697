import { findModel, priceOf } from '@countersign/reviewer/models'
import { expect, test } from 'vitest'

const million = 1_000_000
const tokens = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }

test.each([
  ['haiku', 'claude-haiku-5-5'],
  ['sonnet', 'claude-sonnet-5-5'],
  ['opus', 'claude-opus-5-5'],
  ['claude-opus-5-5', 'claude-opus-5-5'],
  ['claude-haiku-4-5-20251001', 'claude-haiku-4-5-20251001'],
])('%s is %s, and its price is known', (name, id) => {
  expect(findModel(name)).toMatchObject({ id, isKnown: true })
})

test('a model that nobody told us about costs as much as the dearest, and is told apart', () => {
  const model = findModel('claude-next-9')
  expect(model).toMatchObject({ id: 'claude-next-9', isKnown: false, takesTemperature: false })
  const one = { ...tokens, inputTokens: million, outputTokens: million }
  for (const name of ['haiku', 'sonnet', 'opus', 'claude-fable-5-1']) {
    expect(priceOf(model, one)).toBeGreaterThanOrEqual(priceOf(findModel(name), one))
  }
})

test.each<[string, Partial<typeof tokens>, number]>([
  ['haiku', { inputTokens: 100_000 }, 0.01],
  ['haiku', { inputTokens: 100_001 }, 0.0500005],
  ['haiku', { inputTokens: 60_000, cacheReadTokens: 40_000 }, 0.0064],
  ['haiku', { inputTokens: 60_000, cacheReadTokens: 40_001 }, 0.03200005],
  ['haiku', { inputTokens: 1, outputTokens: million }, 0.5000001],
  ['sonnet', { inputTokens: million, outputTokens: million }, 12],
  ['opus', { cacheReadTokens: million, cacheWriteTokens: million }, 5.2],
])('%s costs for %j %d dollars, and half of that in a batch', (name, used, usd) => {
  const model = findModel(name)
  expect(priceOf(model, { ...tokens, ...used })).toBeCloseTo(usd, 10)
  expect(priceOf(model, { ...tokens, ...used }, { isBatch: true })).toBeCloseTo(usd / 2, 10)
})

test('a prompt of the size that we plan never steps into the dearer band', () => {
  const haiku = findModel('haiku')
  expect(haiku.promptTokensMax).toBeLessThan(haiku.bands[0]?.upTo ?? 0)
})
