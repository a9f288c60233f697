import type { Id } from '../ids.ts'

/** Everything that streams and webhooks tell. */
export const eventTypes = [
  'submission.created',
  'submission.held',
  'submission.approved',
  'submission.blocked',
  'submission.error',
  'submission.overridden',
  'submission.rejected',
  'submission.withdrawn',
  'submission.queued',
  'submission.deleted',
  'submission.commented',
  'submission.claimed',
  'submission.released',
  'entity.updated',
  'entity.promoted',
  'entity.hidden',
  'entity.archived',
  'entity.deleted',
  'entity.drifted',
  'approval.requested',
  'approval.decided',
  'approval.expired',
  'approval.escalated',
] as const
export type EventType = (typeof eventTypes)[number]

/** Something that others want to hear of, written in the transaction in which it happens. */
export interface NewEvent {
  type: EventType
  /** The person it concerns. Admins hear of everything; everybody else, only of what is public. */
  audienceId: Id | null
  isPublic: boolean
  /** The workspace whose members hear of it too. */
  workspaceId?: Id | null
  /** What is sent, in the words of the wire. */
  data: Readonly<Record<string, unknown>>
}

/** An event with its place in the stream. */
export interface PublishedEvent extends NewEvent {
  id: Id
  seq: number
  at: Date
}
