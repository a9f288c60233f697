import { lastReason } from '@countersign/console/wording/last-reason'
import { expect, test } from 'vitest'

const rejected = { verdict: 'rejected' as const, at: '2026-11-21T10:00:00.000Z', text: 'No.' }
const approved = { verdict: 'approved' as const, at: '2026-11-21T12:00:00.000Z', text: 'Yes.' }

test('the reason told is that of the decision that stands', () => {
  const thread = [rejected, approved]
  const standing = { status: 'approved', decided_at: '2026-11-21T12:00:00.020Z' } as const
  expect(lastReason(standing, thread)).toBe('Yes.')
})

test('what a person said of an earlier decision is not told of a later one', () => {
  const byModel = { status: 'approved', decided_at: '2026-11-21T15:00:00.000Z' } as const
  expect(lastReason(byModel, [rejected, approved])).toBeUndefined()
  const other = { status: 'approved', decided_at: rejected.at } as const
  expect(lastReason(other, [rejected])).toBeUndefined()
})

test('before any decision there is no reason', () => {
  const waiting = { status: 'needs_human', decided_at: null } as const
  expect(lastReason(waiting, [rejected])).toBeUndefined()
})
