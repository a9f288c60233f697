import type { ChannelOutcome } from './channels.ts'
import type { Message } from './message.ts'
import type { Notice } from './notice.ts'
import type { Addressee } from './notice-repository.ts'
import type { TellingPorts } from './tell-people.ts'

/** Writes to each of some people, unless a letter went to them before. */
export async function mailPeople(
  { store, channels: { mailer } }: TellingPorts,
  letter: {
    notice: Notice
    about: string
    to: readonly Addressee[]
    compose(to: Addressee): Promise<Message>
  },
  signal: AbortSignal,
): Promise<ChannelOutcome[]> {
  if (!mailer) return []
  const { notice, about, compose } = letter
  const before = await store.notices.listMessages(notice.id)
  const outcomes: ChannelOutcome[] = []
  for (const to of letter.to) {
    const isWritten = before.some(({ channel, target }) => channel === 'email' && target === to.id)
    outcomes.push(isWritten ? { kind: 'sent', ref: null } : await writeTo(to))
  }
  return outcomes

  async function writeTo(to: Addressee): Promise<ChannelOutcome> {
    const letterId = `${notice.eventId}.${to.id}`
    const message = await compose(to)
    const outcome = await mailer?.send({ to: to.email, letterId, message, about }, signal)
    if (outcome?.kind === 'sent') {
      await store.notices.keepMessage({
        ...{ noticeId: notice.id, channel: 'email', target: to.id, subject: about },
        ...{ ref: null, shown: 0 },
      })
    }
    return outcome ?? { kind: 'failed', error: 'There is nobody to carry mail.' }
  }
}
