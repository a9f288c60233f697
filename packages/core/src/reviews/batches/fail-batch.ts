import { ReviewerFailure } from '../reviewer.ts'
import { BudgetSpent } from '../steps/hold-review.ts'
import type { HeldBatch } from './batch-repository.ts'
import type { BatchPorts } from './drive-batches.ts'
import { endBatch } from './end-batch.ts'

const firstPauseMs = 2_000
const longestPauseMs = 300_000

/** Decides what becomes of a batch that could not be looked at. None of the ways out loses a review. */
export async function failBatch(
  ports: BatchPorts,
  batch: HeldBatch,
  { error, isStopping }: { error: unknown; isStopping: boolean },
): Promise<void> {
  const { batches } = ports.store
  if (isStopping) return void (await batches.settle(batch, { dueInMs: 0 }))
  if (error instanceof BudgetSpent) {
    return void (await batches.settle(batch, { dueInMs: error.hold.dueInMs ?? longestPauseMs }))
  }
  if (!(error instanceof ReviewerFailure)) {
    return tryAgain(ports, batch, 'The batch failed for a reason of ours.')
  }
  switch (error.kind) {
    case 'rejected':
    case 'not_ready':
      return endBatch(ports, batch, error.message)
    case 'busy':
      return waitForProvider(ports, batch, error.retryAfterMs ?? firstPauseMs)
    case 'transient':
    case 'no_answer':
      return tryAgain(ports, batch, error.message)
  }
}

/** Everybody waits as the provider asks, and no try is used up. */
async function waitForProvider(
  { store }: BatchPorts,
  batch: HeldBatch,
  dueInMs: number,
): Promise<void> {
  await store.settings.writeDeadline('rate_limited_until', dueInMs)
  await store.batches.settle(batch, { dueInMs })
}

/** After a pause that doubles each time; in the end its reviews go the ordinary way. */
async function tryAgain(ports: BatchPorts, batch: HeldBatch, reason: string): Promise<void> {
  const failures = batch.failures + 1
  if (failures >= ports.policy.reviewMaxAttempts) return endBatch(ports, batch, reason)
  const dueInMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1))
  await ports.store.batches.settle(batch, { failures, dueInMs })
}
