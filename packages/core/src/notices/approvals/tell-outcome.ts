import type { Approval } from '../../approvals/tickets/approval.ts'
import type { StageStatus } from '../channels.ts'
import type { Notice } from '../notice.ts'
import { postToChat } from '../post-to-chat.ts'
import type { TellingPorts } from '../tell-people.ts'
import { tellTracker } from '../tell-tracker.ts'
import { needless, sumUp, type Telling } from '../telling.ts'
import { composeApproval } from './compose-approval.ts'
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
  const { store } = ports
  const approvalId = String(notice.data.approval_id)
  const about = `approval:${approvalId}`
  const approval = await store.approvals.find(approvalId)
  if (!approval) return needless(about)
  const outcomes = [
    ...(await showOutcome(ports, approval, signal)),
    ...(await followUp(ports, notice, approval, signal)),
    ...(await noteInTracker(ports, notice, approval, signal)),
  ]
  return sumUp(outcomes, { about, isUrgent: false })
}

/** Posts the outcome where the question stands in a message that nobody can change. */
async function followUp(
  ports: TellingPorts,
  notice: Notice,
  approval: Approval,
  signal: AbortSignal,
) {
  const about = `approval:${approval.id}`
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
  notice: Notice,
  approval: Approval,
  signal: AbortSignal,
) {
  const workItem = findWorkItem(approval)
  const status = stageOf[approval.status]
  if (!workItem || !status) return []
  const note = `The request was ${approval.status}. ${approval.decisionReason ?? ''}`.trim()
  const about = `approval:${approval.id}`
  return tellTracker(
    ports,
    { notice, about },
    { workItem, stage: approval.action, status, note },
    signal,
  )
}
