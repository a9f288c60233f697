import { actorOf, type Caller } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import { recordSubmission } from './record-submission.ts'
import { requireSubmission } from './require-submission.ts'

/** Puts on record, before any byte is sent, that somebody took a bundle out to look at it. */
export async function auditDownload(
  { transact }: Pick<Ports, 'transact'>,
  { caller, submissionId }: { caller: Caller; submissionId: Id },
): Promise<void> {
  await transact(async (store) => {
    const found = await requireSubmission(store, submissionId)
    const actor = actorOf(caller)
    await recordSubmission(store, { action: 'bundle_downloaded', actor, ...found })
  })
}
