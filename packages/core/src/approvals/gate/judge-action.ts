import type { Caller } from '../../identity/caller.ts'
import { type ActionRule, findRule } from '../actions/action-map.ts'
import type { Session } from '../sessions/session.ts'
import type { Stage } from '../tickets/approval.ts'

/** What has to happen before an action may run. */
export type Judgement =
  /** Nobody has to be asked. */
  | { kind: 'allow'; authority: 'policy' | 'bypass' }
  | { kind: 'ask'; stage: Stage; takesGrants: boolean; rule: ActionRule }
  /** The session's mode forbids asking. */
  | { kind: 'deny' }

/** What nobody listed is asked about when an agent wants it, and passes when a person does. */
const unlisted: ActionRule = {
  title: 'An action that is not listed',
  class: 'write',
  answer: 'review',
  approvals: 1,
}

/** The rule for an action and whoever asks for it. */
export function ruleFor(action: string, caller: Pick<Caller, 'kind'>): ActionRule {
  const rule = findRule(action)
  if (rule) return rule
  return caller.kind === 'agent' ? unlisted : { ...unlisted, answer: 'allow' }
}

/**
 * Judges an action under a session's mode. Modes only choose who answers: what only people answer for,
 * no mode passes, not even the bypass. Outside of a session, people answer.
 */
export function judgeAction(rule: ActionRule, session: Session | undefined): Judgement {
  if (rule.answer === 'allow') return { kind: 'allow', authority: 'policy' }
  if (session?.approvalMode === 'deny_all') return { kind: 'deny' }
  if (rule.answer === 'human') return { kind: 'ask', stage: 'human', takesGrants: false, rule }
  switch (session?.approvalMode) {
    case 'dangerously_bypass_approvals_and_sandbox':
      return { kind: 'allow', authority: 'bypass' }
    case 'auto_review': {
      const stage = session.reviewSuspendedAt ? 'human' : 'auto_review'
      return { kind: 'ask', stage, takesGrants: true, rule }
    }
    default:
      return { kind: 'ask', stage: 'human', takesGrants: true, rule }
  }
}
