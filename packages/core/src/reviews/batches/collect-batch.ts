import { createHash } from 'node:crypto'
import type { Id } from '../../ids.ts'
import type { Submission } from '../../submissions/submission.ts'
import { noUsage } from '../assessment.ts'
import type { BatchResult } from '../reviewer.ts'
import type { HeldBatch } from './batch-repository.ts'
import type { BatchPorts } from './drive-batches.ts'
import { endBatch } from './end-batch.ts'

/** The provider gives up on what it has not answered after a day. */
const patienceMs = 25 * 3_600_000
const shortestLookMs = 1_000
const longestLookMs = 60_000

/** Looks whether a batch has ended; if so, keeps its answers and releases its reviews. */
export async function collectBatch(
  ports: BatchPorts,
  batch: HeldBatch & { providerId: string },
  signal: AbortSignal,
): Promise<void> {
  const { batchReviewer, store } = ports
  const { hasEnded } = await batchReviewer.poll(batch.providerId, signal)
  const ageMs = Date.now() - (batch.submittedAt ?? batch.createdAt).getTime()
  if (!hasEnded && ageMs < patienceMs) {
    // The longer it has taken, the longer it can wait for the next look.
    const dueInMs = Math.min(longestLookMs, Math.max(shortestLookMs, ageMs / 10))
    await store.batches.settle(batch, { failures: 0, dueInMs })
    return
  }
  if (!hasEnded) return endBatch(ports, batch, 'The provider did not answer within a day.')

  const waiting = await store.batches.listWaiting(batch.id)
  const submissions = new Map(waiting.map((submission) => [submission.id, submission]))
  for await (const result of batchReviewer.results(batch.providerId, signal)) {
    const submission = submissions.get(result.id.submissionId)
    if (submission) await keepAnswer(ports, batch, submission, result)
  }
  await endBatch(ports, batch)
}

/** Keeps an answer for its attempt, and what it cost. One that is read twice is kept once. */
async function keepAnswer(
  { store, monitor }: BatchPorts,
  batch: HeldBatch,
  submission: Submission,
  { id, answer, failure }: BatchResult,
): Promise<void> {
  const call = {
    submissionId: submission.id,
    model: batch.model,
    requestId: null,
    outcome: failure ? failure.kind : 'answered',
    usage: answer?.usage ?? failure?.usage ?? noUsage,
    durationMs: 0,
  }
  const isNew = await store.verdicts.recordCall({
    ...call,
    id: nameCall(batch.id, id),
    attempt: submission.attempt,
    promptKey: id.key,
    assessment: answer?.assessment ?? null,
  })
  if (isNew) monitor.onReviewCall(call)
}

/** The same id for the same item of a batch, in whichever process and however often it is read. */
function nameCall(batchId: Id, { submissionId, key }: BatchResult['id']): Id {
  const digest = createHash('sha256').update(`${batchId} ${submissionId} ${key}`).digest('hex')
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-a$4-$5')
}
