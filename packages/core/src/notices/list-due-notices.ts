import type { DueNotice } from './notice-repository.ts'
import type { TellingPorts } from './tell-people.ts'
import { nobodyWaitsFor } from './tell-submission.ts'

/**
 * What people are to be told of now. Where there is no channel to tell them by, what nobody has to act
 * on is settled here, all at once: a try of each would find nothing to do.
 */
export async function listDueNotices(
  { store: { notices }, channels }: Pick<TellingPorts, 'store' | 'channels'>,
  limit: number,
): Promise<DueNotice[]> {
  const { messengers, mailer, tracker } = channels
  if (messengers.length > 0 || mailer || tracker) return notices.listDue(limit)
  await notices.settleUntried(nobodyWaitsFor)
  // What came meanwhile is settled the next time.
  return notices.listDue(limit, nobodyWaitsFor)
}
