import { ServiceError } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import type { Ports } from '../ports.ts'

const dayMs = 86_400_000

/** Refuses submitters whose bundles were blocked too often today. Failures of ours do not count. */
export async function refuseOverQuota(
  { store, policy }: Pick<Ports, 'store' | 'policy'>,
  caller: Caller,
): Promise<void> {
  if (policy.blockedQuotaPerDay === 0) return
  const blocked = await store.submissions.countBlocked(caller.personId, dayMs)
  if (blocked < policy.blockedQuotaPerDay) return
  throw new ServiceError('quota_exceeded', {
    detail: `${blocked} of your submissions were blocked in the last 24 hours; the limit is ${policy.blockedQuotaPerDay}.`,
  })
}
