import { actorOf, type Caller, requireAdmin } from '../identity/caller.ts'
import type { Ports } from '../ports.ts'

/** Stops handing out reviews, until somebody resumes them. What runs comes to its end. */
export async function pauseReviews(
  { transact }: Pick<Ports, 'transact'>,
  { caller }: { caller: Caller },
): Promise<void> {
  requireAdmin(caller)
  await transact(async (store) => {
    await store.settings.write('paused', true, caller.id)
    await store.submissions.markPaused(true)
    await store.audit.append({
      actor: actorOf(caller),
      action: 'ops.pause',
      resource: 'queue:review-submission',
      params: {},
    })
  })
}

/** What is handed out here at once; the rest is found due within a second. */
const announcedMax = 500

/** Hands out reviews again, those that waited first. */
export async function resumeReviews(
  { transact, reviewQueue }: Pick<Ports, 'transact' | 'reviewQueue'>,
  { caller }: { caller: Caller },
): Promise<void> {
  requireAdmin(caller)
  const due = await transact(async (store) => {
    await store.settings.write('paused', false, caller.id)
    await store.submissions.markPaused(false)
    await store.audit.append({
      actor: actorOf(caller),
      action: 'ops.resume',
      resource: 'queue:review-submission',
      params: {},
    })
    return store.submissions.listDue(announcedMax)
  })
  reviewQueue.announce(due)
}
