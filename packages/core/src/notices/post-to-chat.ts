import type { ChannelOutcome, Messenger } from './channels.ts'
import type { Message } from './message.ts'
import type { Notice } from './notice.ts'
import type { TellingPorts } from './tell-people.ts'

export interface Post {
  notice: Notice
  about: string
  /** The version of its subject that the message shows. */
  shown: number
  compose(messenger: Messenger): Promise<Message>
}

/**
 * Posts to the first chat that takes it, in the configured order, unless one took it before. The
 * failures of those before it are no failure: one that reads is enough.
 */
export async function postToChat(
  { store, channels }: TellingPorts,
  { notice, about, shown, compose }: Post,
  signal: AbortSignal,
): Promise<ChannelOutcome[]> {
  const before = await store.notices.listMessages(notice.id)
  const isChat = ({ channel }: { channel: string }) =>
    channels.messengers.some((messenger) => messenger.channel === channel)
  if (before.some(isChat)) return [{ kind: 'sent', ref: null }]
  const refusals: ChannelOutcome[] = []
  for (const messenger of channels.messengers) {
    const outcome = await messenger.send(await compose(messenger), about, signal)
    if (outcome.kind === 'sent') {
      const { channel, target } = messenger
      const { ref } = outcome
      await store.notices.keepMessage({
        noticeId: notice.id,
        channel,
        target,
        subject: about,
        ref,
        shown,
      })
      return [outcome]
    }
    refusals.push(outcome)
  }
  return refusals
}
