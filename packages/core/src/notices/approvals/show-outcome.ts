import type { Approval } from '../../approvals/tickets/approval.ts'
import type { ChannelOutcome } from '../channels.ts'
import type { TellingPorts } from '../tell-people.ts'
import { composeApproval } from './compose-approval.ts'
import { subjectOf } from './find-subject.ts'
import { nameApproval } from './name-approval.ts'

/**
 * Brings every message that asks about a request up to date with what became of it. A message never
 * goes back to an older state of it, and one that cannot be changed is left as it is.
 */
export async function showOutcome(
  { store, channels }: TellingPorts,
  approval: Approval,
  signal: AbortSignal,
): Promise<ChannelOutcome[]> {
  const about = subjectOf(approval.id)
  const { version } = approval
  const messages = await store.notices.listMessagesAbout(about)
  const named = await nameApproval(store, approval)
  const outcomes: ChannelOutcome[] = []
  for (const sent of messages.filter(({ shown }) => shown < version)) {
    const messenger = channels.messengers.find(({ channel }) => channel === sent.channel)
    if (!messenger?.update || sent.ref === null) continue
    const message = composeApproval(named, { link: null, answerToken: null })
    const outcome = await messenger.update(sent.ref, message, about, signal)
    if (outcome.kind === 'sent') await store.notices.keepMessage({ ...sent, shown: version })
    outcomes.push(outcome)
  }
  return outcomes
}
