import type { Approval } from '../../approvals/tickets/approval.ts'
import type { Message } from '../message.ts'

const contextCharsMax = 600

/** An approval with the names that people know its parts by. */
export interface NamedApproval {
  approval: Approval
  workspace: string
  requester: string
  /** Who decided; `null` while nobody has. */
  decider: string | null
}

const verdicts: Readonly<Record<Approval['status'], string>> = {
  pending: 'Waiting for an answer',
  approved: 'Approved',
  denied: 'Denied',
  expired: 'Expired unanswered',
  cancelled: 'Called off',
  revoked: 'Taken back',
  lapsed: 'Approved, and not used in time',
}

/** What people read about a request: what may run, for whom and why, and what became of it. */
export function composeApproval(
  { approval, workspace, requester, decider }: NamedApproval,
  {
    link,
    answerToken,
    escalatedFrom,
  }: Pick<Message, 'link' | 'answerToken'> & {
    escalatedFrom?: string | undefined
  },
): Message {
  const { action, reason, status, expiresAt, decisionReason } = approval
  const where = escalatedFrom ? `${escalatedFrom}, below ${workspace}` : workspace
  const footing =
    status === 'pending'
      ? `Approve or deny it before ${expiresAt.toISOString()}.`
      : `${verdicts[status]}${decider ? ` by ${decider}` : ''}.`
  return {
    title: status === 'pending' ? `May this run? ${action}` : `${verdicts[status]}: ${action}`,
    facts: [
      { label: 'Action', value: action },
      { label: 'Workspace', value: where },
      { label: 'Asked by', value: requester },
      ...(reason ? [{ label: 'Reason', value: reason }] : []),
      { label: 'Context', value: clip(JSON.stringify(approval.context)) },
      ...(status !== 'pending' && decisionReason
        ? [{ label: 'Comment', value: decisionReason }]
        : []),
      { label: 'Request', value: approval.id },
    ],
    footing,
    link,
    answerToken: status === 'pending' ? answerToken : null,
  }
}

function clip(text: string): string {
  return text.length > contextCharsMax ? `${text.slice(0, contextCharsMax)} …` : text
}
