import type { Ports } from '../../ports.ts'
import { reviewSettings } from '../steps/claimed-review.ts'
import { findHold } from '../steps/hold-review.ts'
import type { HeldBatch } from './batch-repository.ts'
import { collectBatch } from './collect-batch.ts'
import { endBatch } from './end-batch.ts'
import { failBatch } from './fail-batch.ts'
import { submitBatch } from './submit-batch.ts'

export type BatchPorts = Pick<
  Ports,
  'store' | 'transact' | 'bundles' | 'batchReviewer' | 'policy' | 'monitor'
>

/** Longer than handing a batch in or reading its results may take. A worker that died is replaced after it. */
const leaseMs = 15 * 60_000
/** So many reviews are looked at for one batch. */
const reviewsMax = 200

/**
 * Does the next thing there is to do for reviews that can wait: collects a batch that may have ended,
 * or hands one in. Says whether there was anything.
 *
 * A batch only gathers answers. Its reviews are then released to go the ordinary way, where answers
 * that are there are not asked for again: so verdicts are decided and swapped in at one place, and
 * what a batch could not answer is asked one by one.
 */
export async function driveBatches(ports: BatchPorts, signal: AbortSignal): Promise<number> {
  const { batchReviewer: reviewer } = ports
  const said = await ports.store.settings.readAll(reviewSettings)
  if (await findHold({ ...ports, reviewer }, said)) return 0
  const batch = (await ports.store.batches.claim(leaseMs)) ?? (await openBatch(ports))
  if (!batch) return 0
  try {
    if (batch.model !== reviewer.model) await endBatch(ports, batch, 'The model was changed.')
    else if (batch.providerId === null) await submitBatch(ports, batch, signal)
    else await collectBatch(ports, { ...batch, providerId: batch.providerId }, signal)
  } catch (error) {
    await failBatch(ports, batch, { error, isStopping: signal.aborted })
  }
  return 1
}

function openBatch({ transact, batchReviewer }: BatchPorts): Promise<HeldBatch | undefined> {
  const { model } = batchReviewer
  return transact((store) => store.batches.open({ model, sizeMax: reviewsMax, leaseMs }))
}
