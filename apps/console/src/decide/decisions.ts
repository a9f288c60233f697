import type { EntityView, ReasonBody, SubmissionView } from '@countersign/sdk'
import { countersign } from '../session/client.ts'
import { describeReach } from '../wording/describe-reach.ts'
import type { Status } from '../wording/status-words.ts'
import type { GivenReason } from './reasons.ts'

export type DecisionKey =
  | 'approve'
  | 'reject'
  | 'override'
  | 'retry'
  | 'rescan'
  | 'withdraw'
  | 'claim'

/** What is filled in when one decides. */
export interface Answer extends GivenReason {
  /** For a rescan: whether a bad outcome takes the live version out of service. */
  hidesOnFail: boolean
}

export interface Decision {
  key: DecisionKey
  label: string
  look?: 'primary' | 'danger'
  hotkey: string
  from: readonly Status[]
  /** Whether a text must be given, may be given, or is not asked for. */
  text: 'needed' | 'possible' | 'none'
  /** What the text is. */
  prompt: string
  /** Whether those who submitted it may not. */
  isBarredToSubmitter?: boolean
  /** Why a phone is no place for it, if it is none. */
  whyNotOnPhone?: string
  send: (submission: SubmissionView, answer: Answer) => Promise<SubmissionView>
  /** The decision that takes it back, where there is one; it is on record like any other. */
  undo?: (decided: SubmissionView) => Promise<SubmissionView>
}

/** What a decision carries, so that it holds for what was read alone. */
export const etag = ({ revision }: Pick<SubmissionView, 'revision'>) => `"${revision}"`
const { admin, store } = countersign

function bodyOf({ text, code }: GivenReason): ReasonBody {
  return { reason: text, ...(code && { reason_code: code }) }
}

/** What can be made of a submission, and from which status. The service has the last word. */
export const decisions: readonly Decision[] = [
  {
    key: 'approve',
    label: 'Approve',
    look: 'primary',
    hotkey: 'a',
    from: ['needs_human'],
    text: 'possible',
    prompt: 'Comment',
    isBarredToSubmitter: true,
    send: (it, { text }) => admin.approve(it.id, text || undefined, etag(it)),
  },
  {
    key: 'override',
    label: 'Override',
    look: 'danger',
    hotkey: 'o',
    from: ['blocked_inline', 'blocked_llm', 'review_error', 'pending_llm', 'needs_human'],
    text: 'needed',
    prompt: 'Reason',
    whyNotOnPhone:
      'Override is for a wider screen: it takes the findings and the files side by side.',
    send: (it, reason) => admin.override(it.id, bodyOf(reason), etag(it)),
  },
  {
    key: 'reject',
    label: 'Reject',
    look: 'danger',
    hotkey: 'f',
    from: ['needs_human', 'pending_llm', 'review_error'],
    text: 'needed',
    prompt: 'Reason, which the submitter reads',
    isBarredToSubmitter: true,
    send: (it, reason) => admin.reject(it.id, bodyOf(reason), etag(it)),
    undo: (it) => admin.rescan(it.id, {}, etag(it)),
  },
  {
    key: 'retry',
    label: 'Ask the model again',
    hotkey: 'e',
    from: ['pending_llm', 'blocked_llm', 'review_error'],
    text: 'none',
    prompt: '',
    send: (it) => admin.retry(it.id, etag(it)),
  },
  {
    key: 'rescan',
    label: 'Rescan',
    hotkey: 'i',
    from: ['approved', 'overridden', 'blocked_inline', 'blocked_llm', 'review_error', 'rejected'],
    text: 'none',
    prompt: '',
    send: (it, { hidesOnFail }) => admin.rescan(it.id, { hide_on_fail: hidesOnFail }, etag(it)),
  },
]

/** What the owner can do about their own. */
export const withdrawal: Decision = {
  key: 'withdraw',
  label: 'Withdraw',
  hotkey: 't',
  from: ['pending_llm', 'needs_human'],
  text: 'none',
  prompt: '',
  send: (it) => store.withdraw(it.id),
}

/** What tells other admins that one is reading it; it decides nothing. */
export const claiming: Decision = {
  key: 'claim',
  label: 'Claim',
  hotkey: 'c',
  from: ['needs_human', 'pending_llm', 'blocked_inline', 'blocked_llm', 'review_error'],
  text: 'none',
  prompt: '',
  send: (it) => admin.claim(it.id),
}

/** The decisions that its status allows. Nothing can be made of bytes that are gone. */
export function decisionsFor(
  submission: SubmissionView,
  { id, isAdmin }: { id: string; isAdmin: boolean },
): Decision[] {
  const isOwn = submission.submitter.id === id
  const known = [...(isAdmin ? decisions : []), ...(isOwn || !isAdmin ? [withdrawal] : [])]
  return known.filter(
    ({ from }) => from.includes(submission.status) && !submission.bundle_purged_at,
  )
}

/** What a decision brings about, said before it is made. */
export function describeEffect(
  key: DecisionKey,
  submission: SubmissionView,
  entity: EntityView,
): string {
  const { version_no: n, entity_version_no: live, name } = submission
  const reach = describeReach(entity, n)
  const stays = live === null ? 'Nothing is served.' : `Installers stay with version ${live}.`
  const effects: Record<DecisionKey, string> = {
    approve: `${reach}.`,
    override: `${reach}, whatever its verdict says. The verdict and its findings stay on record.`,
    reject: `Version ${n} of ${name} is refused. Its submitter can change it and send it again. ${stays}`,
    retry: `The model reads version ${n} again, from the beginning. ${stays}`,
    rescan: `Version ${n} goes through today’s checks and review.`,
    claim: `Other admins see that you are reading version ${n} of ${name}.`,
    withdraw: `Version ${n} is taken back and not reviewed any further. ${stays}`,
  }
  return effects[key]
}
