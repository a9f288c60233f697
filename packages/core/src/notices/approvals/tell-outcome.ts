import type { Approval } from '../../approvals/tickets/approval.ts'
import type { StageStatus } from '../channels.ts'
import type { Notice } from '../notice.ts'
import { postToChat } from '../post-to-chat.ts'
import type { TellingPorts } from '../tell-people.ts'
import { tellTracker } from '../tell-tracker.ts'
import { needless, sumUp, type Telling } from '../telling.ts'
import { composeApproval } from './compose-approval.ts'
import { findSubject } from './find-subject.ts'
import { findWorkItem } from './find-work-item.ts'
import { nameApproval } from './name-approval.ts'
import { showOutcome } from './show-outcome.ts'

/**
 * Tells those who were asked what became of a request: in the messages that asked, or, where these
 * cannot be changed, in another one. Those who were never asked are told nothing.
 */
export async function tellOutcome(
  ports: TellingPorts,
  notice: Notice,
  signal: AbortSignal,
): Promise<Telling> {
  const { about, approval } = await findSubject(ports.store, notice)
  if (!approval) return needless(about)
  const told = { notice, about, approval }
  const outcomes = [
    ...(await showOutcome(ports, approval, signal)),
    ...(await followUp(ports, told, signal)),
    ...(await noteInTracker(ports, told, signal)),
  ]
  return sumUp(outcomes, { about, isUrgent: false })
}

interface Told {
  notice: Notice
  about: string
  approval: Approval
}

/** Posts the outcome where the question stands in a message that nobody can change. */
async function followUp(
  ports: TellingPorts,
  { notice, about, approval }: Told,
  signal: AbortSignal,
) {
  const asked = await ports.store.notices.listMessagesAbout(about)
  const messengers = ports.channels.messengers.filter(
    ({ channel, update }) =>
      !update && asked.some((sent) => sent.channel === channel && sent.noticeId !== notice.id),
  )
  if (messengers.length === 0) return []
  const named = await nameApproval(ports.store, approval)
  const compose = async () => composeApproval(named, { link: null, answerToken: null })
  const there = { ...ports, channels: { ...ports.channels, messengers } }
  return postToChat(there, { notice, about, shown: approval.version, compose }, signal)
}

const stageOf: Partial<Record<Approval['status'], StageStatus>> = {
  approved: 'started',
  denied: 'failed',
  expired: 'failed',
  cancelled: 'failed',
  revoked: 'failed',
}

async function noteInTracker(
  ports: TellingPorts,
  { notice, about, approval }: Told,
  signal: AbortSignal,
) {
  const workItem = findWorkItem(approval)
  const status = stageOf[approval.status]
  if (!workItem || !status) return []
  const note = `The request was ${approval.status}. ${approval.decisionReason ?? ''}`.trim()
  const change = { workItem, stage: approval.action, status, note }
  return tellTracker(ports, { notice, about }, change, signal)
}
