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

/**
 * What people read about a request: what may run, for whom and why, and what became of it. A context
 * that is too long for a message is cut, and not to be answered there: a page shows it as a whole.
 */
export function composeApproval(
  { approval, workspace, requester, decider }: NamedApproval,
  {
    link,
    answerToken,
    escalatedFrom,
    isPage = false,
  }: Pick<Message, 'link' | 'answerToken'> & {
    escalatedFrom?: string | undefined
    isPage?: boolean
  },
): Message {
  const { action, status, expiresAt, context: full } = approval
  const context = JSON.stringify(full)
  const isWhole = isPage || context.length <= contextCharsMax
  const where = escalatedFrom ? `${escalatedFrom}, below ${workspace}` : workspace
  const isPending = status === 'pending'
  const footing = isPending
    ? `Approve or deny it before ${expiresAt.toISOString()}.`
    : `${verdicts[status]}${decider ? ` by ${decider}` : ''}.`
  return {
    title: isPending ? `May this run? ${action}` : `${verdicts[status]}: ${action}`,
    facts: [
      { label: 'Action', value: action },
      { label: 'Workspace', value: where },
      { label: 'Asked by', value: requester },
      ...listWords(approval, isWhole ? context : `${context.slice(0, contextCharsMax)} …`),
      { label: 'Request', value: approval.id },
    ],
    footing,
    link,
    answerToken: isPending && isWhole ? answerToken : null,
  }
}

/** What was said: by whoever asked, and by whoever answered. */
function listWords({ reason, status, decisionReason }: Approval, context: string) {
  const isAnswered = status !== 'pending' && decisionReason
  return [
    ...(reason ? [{ label: 'Reason', value: reason }] : []),
    { label: 'Context', value: context },
    ...(isAnswered ? [{ label: 'Comment', value: decisionReason }] : []),
  ]
}
