import type { Id } from '../ids.ts'
import type { EventType } from '../webhooks/event.ts'

/** `needless`: what it was about is over. `untold`: there was nobody who could be reached. */
export type NoticeStatus = 'pending' | 'told' | 'untold' | 'needless'

/** An event on its way to people: to chats, to mailboxes and to the tracker. */
export interface Notice {
  id: Id
  eventId: Id
  eventType: EventType
  data: Readonly<Record<string, unknown>>
  /** The person it concerns. */
  audienceId: Id | null
  workspaceId: Id | null
  /** How often it was tried, this time included. */
  attempts: number
}

/** A message that went out. */
export interface SentMessage {
  noticeId: Id
  channel: string
  target: string
  subject: string
  /** What the channel calls it; `null` where it cannot be changed. */
  ref: string | null
  /** The version of its subject that it shows. */
  shown: number
}
