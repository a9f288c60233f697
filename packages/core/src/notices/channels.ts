import type { Message } from './message.ts'

/** What came of a message. A channel never throws but when it is called off. */
export type ChannelOutcome =
  | { kind: 'sent'; ref: string | null }
  | { kind: 'failed'; error: string }
  /** The write guard kept it. */
  | { kind: 'blocked'; reason: string }

/** A chat that everybody who decides reads. */
export interface Messenger {
  channel: 'telegram' | 'discord' | 'slack'
  /** Which chat, without anything secret. */
  target: string
  /** Whether a click on a button under its messages comes back to us. */
  takesAnswers: boolean
  /** Posts a message. `about`: what it speaks of, for the record. */
  send(message: Message, about: string, signal: AbortSignal): Promise<ChannelOutcome>
  /** Replaces what a message says, where the channel can. */
  update?(
    ref: string,
    message: Message,
    about: string,
    signal: AbortSignal,
  ): Promise<ChannelOutcome>
}

/** Writes to one person. */
export interface Mailer {
  /** `letterId`: the same for every try, by which mailboxes tell a letter that came twice. */
  send(
    letter: { to: string; letterId: string; message: Message; about: string },
    signal: AbortSignal,
  ): Promise<ChannelOutcome>
}

/** A piece of work in the tracker: by its own id or number, or by what we called it there. */
export type WorkItem = { id: string } | { externalId: string }

/** How far a piece of work has come. */
export type StageStatus = 'started' | 'waiting' | 'done' | 'failed'

export interface StageChange {
  workItem: WorkItem
  stage: string
  status: StageStatus
  note: string
  /** The same for every try, by which the tracker tells a comment that came twice. */
  changeId: string
}

/** The tracker of the people's work. */
export interface Tracker {
  /** Moves a work item along and comments on it. One that is not there is left alone. */
  notifyStageChange(change: StageChange, signal: AbortSignal): Promise<ChannelOutcome>
}

/** Everywhere that people are told of things, as configured. */
export interface Channels {
  /** In the order in which they are tried: one that takes a message is enough. */
  messengers: readonly Messenger[]
  mailer: Mailer | undefined
  tracker: Tracker | undefined
  /** Where people reach the service; `null` if nobody said. */
  publicUrl: string | null
}
