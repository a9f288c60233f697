import { ServiceError } from '../../errors.ts'
import type { Id } from '../../ids.ts'
import type { Submission } from '../../submissions/submission.ts'
import type { BatchItem } from '../reviewer.ts'
import { BudgetSpent, isBudgetSpent } from '../steps/hold-review.ts'
import { listOpenFindings } from '../steps/list-open-findings.ts'
import { prepareSubmission } from '../steps/prepare-submission.ts'
import type { HeldBatch } from './batch-repository.ts'
import type { BatchPorts } from './drive-batches.ts'
import { endBatch } from './end-batch.ts'

/** The first look at a batch comes soon: a small one is often done. */
const firstLookMs = 1_000

/**
 * Hands a batch in with as many reviews as fit; the others wait for the next one.
 *
 * If the process dies between the provider's answer and our row, the batch is handed in again: it is
 * then paid for twice, and still decides once.
 */
export async function submitBatch(
  ports: BatchPorts,
  batch: HeldBatch,
  signal: AbortSignal,
): Promise<void> {
  const { batches } = ports.store
  const packed = await packBatch(ports, await batches.listWaiting(batch.id))
  if (packed.unservable.length > 0) await batches.release(batch.id, packed.unservable)
  if (packed.left.length > 0) await batches.putBack(batch.id, packed.left)
  if (packed.items.length === 0) return endBatch(ports, batch)
  await refuseOverBudget(ports, packed.items)
  const providerId = await ports.batchReviewer.submit(packed.items, signal)
  await batches.settle(batch, { providerId, failures: 0, dueInMs: firstLookMs })
}

interface PackedBatch {
  items: BatchItem[]
  bytes: number
  /** What did not fit any more. */
  left: Id[]
  /** What cannot be read, or fits no batch: the ordinary way deals with it. */
  unservable: Id[]
}

/** Makes the prompts of one review after the other, until a batch takes no more. */
async function packBatch(
  ports: BatchPorts,
  submissions: readonly Submission[],
): Promise<PackedBatch> {
  const packed: PackedBatch = { items: [], bytes: 0, left: [], unservable: [] }
  for (const [nth, submission] of submissions.entries()) {
    const made = await makeItems(ports, submission)
    if (made && addTo(packed, made, ports.batchReviewer.limits)) continue
    if (made && packed.items.length > 0) {
      return { ...packed, left: submissions.slice(nth).map(({ id }) => id) }
    }
    packed.unservable.push(submission.id)
  }
  return packed
}

/** Adds the prompts of a review, all or none; says whether they fitted. */
function addTo(
  packed: PackedBatch,
  made: readonly BatchItem[],
  { itemsMax, bytesMax }: BatchPorts['batchReviewer']['limits'],
): boolean {
  const bytes = made.reduce((sum, { prompt }) => sum + sizeOf(prompt), packed.bytes)
  if (packed.items.length + made.length > itemsMax || bytes > bytesMax) return false
  packed.items.push(...made)
  packed.bytes = bytes
  return true
}

/** All there is to ask about a review; `undefined` if it cannot be read. */
async function makeItems(
  ports: BatchPorts,
  submission: Submission,
): Promise<BatchItem[] | undefined> {
  const { store, batchReviewer: reviewer } = ports
  try {
    const entity = await store.entities.find(submission.entityId)
    if (!entity) return undefined
    const { entityId, n, slug } = submission
    const rendition = await store.versions.findRendition(entityId, n, slug)
    const open = await listOpenFindings(store, submission)
    const offered = { submission, entity, files: rendition?.files ?? [], open }
    const { prompts } = await prepareSubmission({ ...ports, reviewer }, offered)
    return prompts.map((prompt) => ({ submissionId: submission.id, prompt }))
  } catch (error) {
    if (error instanceof ServiceError) return undefined
    throw error
  }
}

function sizeOf({ system, user }: BatchItem['prompt']): number {
  return Buffer.byteLength(system) + Buffer.byteLength(user)
}

async function refuseOverBudget(
  { store, batchReviewer, policy }: BatchPorts,
  items: readonly BatchItem[],
): Promise<void> {
  const costUsd = items.reduce((sum, { prompt }) => sum + batchReviewer.estimateCostUsd(prompt), 0)
  if (await isBudgetSpent(store, policy.budgetUsdPerDay, costUsd)) throw new BudgetSpent()
}
