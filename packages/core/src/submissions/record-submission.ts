import type { NewAuditEntry } from '../audit/audit-entry.ts'
import type { Actor } from '../identity/caller.ts'
import type { Store } from '../repositories.ts'
import { settleAll } from '../settle-all.ts'
import type { Entity } from '../store/entity.ts'
import type { EventType, NewEvent } from '../webhooks/event.ts'
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

/** What happened to a submission, with the submission as it is after it. */
export interface SubmissionChange {
  action: SubmissionAction
  actor: Actor
  submission: Pick<Submission, 'id' | 'entityId' | 'n' | 'status' | 'holdReason'>
  entity: Pick<Entity, 'type' | 'name' | 'ownerId'>
  params?: Readonly<Record<string, unknown>>
}

/** What goes on record: in the audit, and for those who want to hear of it. */
export interface Recorded {
  entries: NewAuditEntry[]
  events: NewEvent[]
}

/**
 * Records what happened to a submission: one audit entry, and one event where others want to hear of
 * it. Called in the transaction of the change.
 */
export async function recordSubmission(
  { audit, events }: Pick<Store, 'audit' | 'events'>,
  change: SubmissionChange,
): Promise<void> {
  const recorded = describeChange(change)
  await settleAll([
    ...recorded.entries.map((entry) => audit.append(entry)),
    ...recorded.events.map((event) => events.append(event)),
  ])
}

/** The same in words, for whoever writes it with other things. */
export function describeChange(change: SubmissionChange): Recorded {
  const { action, actor, submission, entity } = change
  const entry = {
    actor,
    action: `store.submission.${action}`,
    resource: `submission:${submission.id}`,
    params: { entity_id: submission.entityId, version_no: submission.n, ...change.params },
  }
  const type = eventOf[action]
  if (!type) return { entries: [entry], events: [] }
  const event = {
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
  }
  return { entries: [entry], events: [event] }
}
