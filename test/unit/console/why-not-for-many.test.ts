import { whyNotForMany } from '@countersign/console/pages/queue/bulk/why-not-for-many'
import { expect, test } from 'vitest'

type Decision = Parameters<typeof whyNotForMany>[0]
type Selected = Parameters<typeof whyNotForMany>[1][number]

const approve: Decision = { key: 'approve', from: ['needs_human'] }
const reject: Decision = { key: 'reject', from: ['needs_human', 'review_error'] }
const waiting: Selected = { status: 'needs_human', content_hash: 'a' }
const decided: Selected = { ...waiting, status: 'approved' }

test('many are approved at once only where all of them wait for a person and have the same bytes', () => {
  const reason = expect.stringContaining('have the same bytes')
  expect(whyNotForMany(approve, [waiting, waiting])).toBeUndefined()
  expect(whyNotForMany(approve, [waiting, { ...waiting, content_hash: 'b' }])).toEqual(reason)
  expect(whyNotForMany(approve, [waiting, waiting, decided])).toEqual(reason)
})

test('one alone is approved where it is read', () => {
  expect(whyNotForMany(approve, [waiting])).toBeTypeOf('string')
})

test('everything else is offered as soon as one of them allows it', () => {
  expect(whyNotForMany(reject, [waiting, { ...decided, content_hash: 'b' }])).toBeUndefined()
  expect(whyNotForMany(reject, [decided])).toBe('None of them is in a status that allows it.')
})
