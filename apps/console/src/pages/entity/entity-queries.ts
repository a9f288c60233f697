import type { EntityView, SubmissionView } from '@countersign/sdk'
import { queryOptions } from '@tanstack/react-query'
import { countersign } from '../../session/client.ts'

/** An entity, with the ETag that an edit of it must carry. */
export function entityQuery(id: string) {
  return queryOptions({
    queryKey: ['entity', id],
    queryFn: () => countersign.store.open(id),
  })
}

/** The submission that came last, for the words of its verdict. */
export function latestQuery(latest: EntityView['latest_submission'], isAdmin: boolean) {
  const id = latest?.id ?? ''
  return queryOptions({
    // A verdict is news about the same submission: what was read before it is not what it is now.
    queryKey: ['latest', id, latest?.status],
    enabled: id !== '',
    queryFn: (): Promise<SubmissionView> =>
      isAdmin ? countersign.admin.submission(id) : countersign.store.submission(id),
  })
}

/** Whether somebody is deciding on a version of it: it cannot be edited meanwhile. */
export function isInFlight({ latest_submission: latest }: EntityView): boolean {
  return latest?.status === 'pending_llm' || latest?.status === 'needs_human'
}
