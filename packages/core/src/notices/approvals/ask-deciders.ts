import type { Approval } from '../../approvals/tickets/approval.ts'
import type { Id } from '../../ids.ts'
import type { ChannelOutcome } from '../channels.ts'
import { linkTo } from '../link-to.ts'
import { mailPeople } from '../mail-people.ts'
import type { Notice } from '../notice.ts'
import { postToChat } from '../post-to-chat.ts'
import type { TellingPorts } from '../tell-people.ts'
import { tellTracker } from '../tell-tracker.ts'
import { needless, sumUp, type Telling } from '../telling.ts'
import { createAnswerToken } from './answer-token.ts'
import { composeApproval, type NamedApproval } from './compose-approval.ts'
import { findSubject } from './find-subject.ts'
import { findWorkItem } from './find-work-item.ts'
import { nameApproval } from './name-approval.ts'
import { showOutcome } from './show-outcome.ts'

/**
 * Asks those who decide. The request is read anew, so that what was decided meanwhile is asked of
 * nobody; and read once more afterwards, so that what was decided while we asked does not look open.
 */
export async function askDeciders(
  ports: TellingPorts,
  notice: Notice,
  signal: AbortSignal,
): Promise<Telling> {
  const { store } = ports
  const { about, approval } = await findSubject(store, notice)
  if (approval?.status !== 'pending' || approval.stage !== 'human') return needless(about)

  const toldWorkspace = notice.workspaceId ?? approval.workspaceId
  const named = await nameApproval(store, approval, toldWorkspace)
  const asked = { notice, about, named, escalatedFrom: await findOrigin(ports, approval, notice) }
  const outcomes = [
    ...(await askInChat(ports, asked, signal)),
    ...(await askByMail(ports, asked, toldWorkspace, signal)),
    ...(await noteInTracker(ports, asked, signal)),
  ]
  const after = await store.approvals.find(approval.id)
  if (after && after.status !== 'pending') await showOutcome(ports, after, signal)
  return sumUp(outcomes, { about, isUrgent: true })
}

interface Asked {
  notice: Notice
  about: string
  named: NamedApproval
  escalatedFrom: string | undefined
}

function askInChat(ports: TellingPorts, asked: Asked, signal: AbortSignal) {
  const { notice, about, named, escalatedFrom } = asked
  const { approval } = named
  return postToChat(
    ports,
    {
      notice,
      about,
      shown: approval.version,
      async compose({ channel, target, takesAnswers }) {
        const place = { channel, target, principalId: null }
        const answerToken = takesAnswers ? await issueToken(ports, approval, place) : null
        const link = linkTo(ports.channels, `/console/approvals/${approval.id}`)
        return composeApproval(named, { link, answerToken, escalatedFrom })
      },
    },
    signal,
  )
}

async function askByMail(
  ports: TellingPorts,
  { notice, about, named, escalatedFrom }: Asked,
  workspaceId: Id,
  signal: AbortSignal,
): Promise<ChannelOutcome[]> {
  if (!ports.channels.mailer) return []
  const to = await ports.store.notices.listDeciders(named.approval, workspaceId)
  return mailPeople(
    ports,
    {
      notice,
      about,
      to,
      async compose({ id }) {
        const place = { channel: 'email', target: id, principalId: id }
        const token = await issueToken(ports, named.approval, place)
        const link = linkTo(ports.channels, `/answer/${token}`)
        return composeApproval(named, { link, answerToken: null, escalatedFrom })
      },
    },
    signal,
  )
}

async function noteInTracker(
  ports: TellingPorts,
  { notice, about, named: { approval } }: Asked,
  signal: AbortSignal,
): Promise<ChannelOutcome[]> {
  const workItem = findWorkItem(approval)
  if (!workItem || notice.eventType === 'approval.escalated') return []
  const note = `Waits for an approval. ${approval.reason}`.trim()
  const change = { workItem, stage: approval.action, status: 'waiting' as const, note }
  return tellTracker(ports, { notice, about }, change, signal)
}

/** The name of the workspace that it comes from, where those above are asked. */
async function findOrigin(
  { store }: TellingPorts,
  { workspaceId, requesterId }: Approval,
  { eventType }: Notice,
): Promise<string | undefined> {
  if (eventType !== 'approval.escalated') return undefined
  const access = await store.workspaces.findAccess(workspaceId, requesterId)
  return access?.workspace.name ?? workspaceId
}

async function issueToken(
  { store }: TellingPorts,
  { id: approvalId, expiresAt }: Approval,
  place: { channel: string; target: string; principalId: Id | null },
): Promise<string> {
  const { token, hash } = createAnswerToken()
  await store.answers.issue(hash, { approvalId, ...place }, expiresAt)
  return token
}
