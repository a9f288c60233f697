import type { Approval } from '../approvals/tickets/approval.ts'
import type { Id } from '../ids.ts'
import type { EventType } from '../webhooks/event.ts'
import type { Notice, NoticeStatus, SentMessage } from './notice.ts'

/** Names one try of a notice, so that it is in one worker's hands. */
export interface DueNotice {
  noticeId: Id
  /** How often it was tried before. */
  attempt: number
}

/** Somebody who can be written to. */
export interface Addressee {
  id: Id
  email: string
}

export interface NoticeRepository {
  /** Whatever is due, but for notices of the events named in `besides`. */
  listDue(limit: number, besides?: readonly EventType[]): Promise<DueNotice[]>
  /** Has every due notice of these events count as told, without a try. */
  settleUntried(eventTypes: readonly EventType[]): Promise<void>
  /** Takes a due try for a while; `undefined` if it is somebody's, not due, or was made already. */
  claim(due: DueNotice, leaseMs: number): Promise<(Notice & { leaseId: Id }) | undefined>
  /** Writes what came of a try, unless its holder lost it. `dueInMs`: when it is tried again. */
  settle(
    held: { id: Id; leaseId: Id },
    next: { status: NoticeStatus; dueInMs?: number | undefined },
  ): Promise<void>
  /** Puts a message that went out on record. */
  keepMessage(message: SentMessage): Promise<void>
  /** The messages of one notice. */
  listMessages(noticeId: Id): Promise<SentMessage[]>
  /** The messages that speak of a subject. */
  listMessagesAbout(subject: string): Promise<SentMessage[]>
  /** Whether any webhook is told of an event too. */
  isDelivered(eventId: Id): Promise<boolean>
  /** Those who decide in a workspace and did not ask; the admins, where there are none. */
  listDeciders(
    approval: Pick<Approval, 'id' | 'workspaceId'>,
    workspaceId: Id,
  ): Promise<Addressee[]>
  /** Forgets notices that ended long ago, and tokens that are over. */
  deleteBefore(days: number): Promise<number>
}

/** What the holder of a token may answer, and as whom. */
export interface AnswerToken {
  approvalId: Id
  channel: string
  target: string
  /** `null`: the channel says who it is. */
  principalId: Id | null
}

export interface ChannelIdentity {
  channel: 'telegram'
  externalUser: string
  principalId: Id
  addedBy: Id
  createdAt: Date
}

export interface AnswerRepository {
  /** Keeps a token until its ticket is over. */
  issue(tokenHash: Uint8Array, token: AnswerToken, expiresAt: Date): Promise<void>
  find(tokenHash: Uint8Array): Promise<AnswerToken | undefined>
  /** Who somebody of a chat is; `undefined` if nobody has said. */
  findIdentity(channel: 'telegram', externalUser: string): Promise<ChannelIdentity | undefined>
  putIdentity(identity: Omit<ChannelIdentity, 'createdAt'>): Promise<ChannelIdentity>
  /** Forgets who somebody is; says whether it was known. */
  deleteIdentity(channel: 'telegram', externalUser: string): Promise<boolean>
  listIdentities(): Promise<ChannelIdentity[]>
}
