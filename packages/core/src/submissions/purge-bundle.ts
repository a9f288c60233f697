import { systemActor } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import { recordSubmission } from './record-submission.ts'

/**
 * Gives up the bytes of a bundle that was blocked long ago; its record stays. Never touches what is
 * live, undecided or failed for a reason of ours: those may still be wanted.
 */
export async function purgeBundle(
  { transact, policy }: Pick<Ports, 'transact' | 'policy'>,
  { submissionId }: { submissionId: Id },
): Promise<boolean> {
  return transact(async (store) => {
    const found = await store.submissions.find(submissionId)
    const entity = found && (await store.entities.lock(found.entityId))
    const isDue = await store.submissions.isPurgeable(submissionId, policy.blockedBundleTtlDays)
    const submission = isDue && (await store.submissions.find(submissionId))
    if (!submission || !entity || entity.liveN === submission.n) return false
    const purged = await store.submissions.swap(submission, { bundlePurgedAt: new Date() })
    if (!purged) return false
    const change = { actor: systemActor, submission: purged, entity }
    await recordSubmission(store, { action: 'purged', ...change })
    return true
  })
}
