import { retryDelayMs } from '@countersign/core/webhooks/retry-delay-ms'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const hourMs = 3_600_000
const all = (random: number) =>
  Array.from({ length: 9 }, (_, index) => retryDelayMs(index + 1, { random }) ?? 0)

test('the tries of a delivery span a day, and the tenth is the last', () => {
  const whole = all(0.5).reduce((sum, pause) => sum + pause, 0)
  expect(whole).toBe(24 * hourMs)
  expect(all(0.5)[0]).toBe(5_000)
  expect(retryDelayMs(10)).toBeUndefined()
  expect(retryDelayMs(11)).toBeUndefined()
})

test('pauses stray by a tenth and no more', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (random) => {
      for (const [index, pause] of all(random).entries()) {
        const plain = all(0.5)[index] ?? 0
        expect(Math.abs(pause - plain)).toBeLessThanOrEqual(plain * 0.1 + 1)
      }
    }),
  )
})

test('a receiver is given the time that it asks for, but not more than a day', () => {
  expect(retryDelayMs(1, { retryAfterMs: 60_000 })).toBe(60_000)
  expect(retryDelayMs(1, { retryAfterMs: 1_000, random: 0.5 })).toBe(5_000)
  expect(retryDelayMs(1, { retryAfterMs: 900 * hourMs })).toBe(24 * hourMs)
})
