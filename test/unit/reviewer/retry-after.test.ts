import { readRetryAfter } from '@countersign/reviewer/retry-after'
import { expect, test } from 'vitest'

const now = Date.parse('2026-11-21T10:00:00Z')

test.each<[string, Record<string, string>, number]>([
  ['seconds', { 'retry-after': '37' }, 37_000],
  ['parts of seconds', { 'retry-after': '0.5' }, 500],
  ['milliseconds', { 'retry-after-ms': '1200' }, 1_200],
  ['milliseconds before seconds', { 'retry-after-ms': '1200', 'retry-after': '9' }, 1_200],
  ['a date', { 'retry-after': 'Sat, 21 Nov 2026 10:02:00 GMT' }, 120_000],
  ['a date in the past', { 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT' }, 250],
  ['at once', { 'retry-after': '0' }, 250],
  ['tomorrow', { 'retry-after': '86400' }, 900_000],
  ['nothing', {}, 7_500],
  ['an empty header', { 'retry-after': '' }, 7_500],
  ['less than nothing', { 'retry-after': '-5' }, 7_500],
  ['words', { 'retry-after': 'soon' }, 7_500],
  ['a number without an end', { 'retry-after': 'Infinity' }, 7_500],
])('%s', (_name, headers, waitMs) => {
  expect(readRetryAfter(new Headers(headers), { now, random: 0.5 })).toBe(waitMs)
})

test('without any headers it is a few seconds', () => {
  expect(readRetryAfter(undefined, { random: 0 })).toBe(5_000)
})
