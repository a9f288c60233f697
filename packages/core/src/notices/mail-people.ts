import type { ChannelOutcome, Mailer } from './channels.ts'
import type { Message } from './message.ts'
import type { Notice } from './notice.ts'
import type { Addressee } from './notice-repository.ts'
import type { TellingPorts } from './tell-people.ts'

interface Letter {
  notice: Notice
  about: string
  compose(to: Addressee): Promise<Message>
}

/** Writes to each of some people, unless a letter went to them before. */
export async function mailPeople(
  { store, channels: { mailer } }: TellingPorts,
  { to: people, ...letter }: Letter & { to: readonly Addressee[] },
  signal: AbortSignal,
): Promise<ChannelOutcome[]> {
  if (!mailer) return []
  const before = await store.notices.listMessages(letter.notice.id)
  const outcomes: ChannelOutcome[] = []
  for (const to of people) {
    const isWritten = before.some(({ channel, target }) => channel === 'email' && target === to.id)
    outcomes.push(
      isWritten
        ? { kind: 'sent', ref: null }
        : await writeTo({ store, mailer }, to, letter, signal),
    )
  }
  return outcomes
}

async function writeTo(
  { store, mailer }: Pick<TellingPorts, 'store'> & { mailer: Mailer },
  to: Addressee,
  { notice, about, compose }: Letter,
  signal: AbortSignal,
): Promise<ChannelOutcome> {
  const letterId = `${notice.eventId}.${to.id}`
  const message = await compose(to)
  const outcome = await mailer.send({ to: to.email, letterId, message, about }, signal)
  if (outcome.kind === 'sent') {
    await store.notices.keepMessage({
      noticeId: notice.id,
      channel: 'email',
      target: to.id,
      subject: about,
      ref: null,
      shown: 0,
    })
  }
  return outcome
}
