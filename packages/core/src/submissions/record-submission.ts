import type { Actor } from '../identity/caller.ts'
import type { Store } from '../repositories.ts'
import { settleAll } from '../settle-all.ts'
import type { Entity } from '../store/entity.ts'
import type { EventType } from '../webhooks/event.ts'
import type { Submission } from './submission.ts'

/** What the audit says of a submission, and what streams and webhooks are told with it. */
const eventOf = {
  accepted: 'submission.created',
  blocked_inline: 'submission.blocked',
  needs_human: 'submission.held',
  withdrawn: 'submission.withdrawn',
  approved: 'submission.approved',
  blocked_llm: 'submission.blocked',
  review_error: 'submission.error',
  overridden: 'submission.overridden',
  rejected: 'submission.rejected',
  rescan: 'submission.queued',
  retry: 'submission.queued',
  deleted: 'submission.deleted',
  held: 'submission.held',
  recovered: 'submission.queued',
  commented: 'submission.commented',
  noted: null,
  claimed: 'submission.claimed',
  released: 'submission.released',
  bundle_downloaded: null,
  bg_verdict_skipped: null,
  purged: null,
} as const satisfies Record<string, EventType | null>

export type SubmissionAction = keyof typeof eventOf

/**
 * Records what happened to a submission: one audit entry, and one event where others want to hear of
 * it. Called in the transaction of the change, with the submission as it is after it.
 */
export async function recordSubmission(
  { audit, events }: Pick<Store, 'audit' | 'events'>,
  change: {
    action: SubmissionAction
    actor: Actor
    submission: Pick<Submission, 'id' | 'entityId' | 'n' | 'status' | 'holdReason'>
    entity: Pick<Entity, 'type' | 'name' | 'ownerId'>
    params?: Readonly<Record<string, unknown>>
  },
): Promise<void> {
  const { action, actor, submission, entity } = change
  const audited = audit.append({
    actor,
    action: `store.submission.${action}`,
    resource: `submission:${submission.id}`,
    params: { entity_id: submission.entityId, version_no: submission.n, ...change.params },
  })
  const type = eventOf[action]
  if (!type) return audited
  const told = events.append({
    type,
    audienceId: entity.ownerId,
    isPublic: false,
    data: {
      submission_id: submission.id,
      entity_id: submission.entityId,
      version_no: submission.n,
      status: submission.status,
      hold_reason: submission.holdReason,
      type: entity.type,
      name: entity.name,
    },
  })
  await settleAll([audited, told])
}
