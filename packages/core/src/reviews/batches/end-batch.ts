import type { Ports } from '../../ports.ts'
import type { HeldBatch } from './batch-repository.ts'

/** Ends a batch, and sends all that wait in it the ordinary way. */
export async function endBatch(
  { transact }: Pick<Ports, 'transact'>,
  batch: HeldBatch,
  error?: string,
): Promise<void> {
  await transact(async ({ batches }) => {
    const changes = { dueInMs: null, ...(error === undefined ? {} : { error }) }
    const isHeld = await batches.settle(batch, changes)
    if (isHeld) await batches.release(batch.id)
  })
}
