import { z } from 'zod'

/** Who answers when a session asks, from the strictest to the most permissive. */
export const ApprovalMode = z.enum([
  /** Nobody is asked: everything that needs an answer is denied. */
  'deny_all',
  /** People are. */
  'human_review',
  /** The reviewer model is, and people where it cannot or must not answer. */
  'auto_review',
  /** Nobody is asked, and almost everything is allowed, until a deadline. */
  'dangerously_bypass_approvals_and_sandbox',
])
export type ApprovalMode = z.infer<typeof ApprovalMode>

export const bypassMode = 'dangerously_bypass_approvals_and_sandbox' satisfies ApprovalMode

/** Whether a mode lets more through than another one. */
export function isLooser(mode: ApprovalMode, than: ApprovalMode): boolean {
  return ApprovalMode.options.indexOf(mode) > ApprovalMode.options.indexOf(than)
}

/** The stricter of two modes; nothing is no limit. */
export function stricterOf(mode: ApprovalMode, ceiling: ApprovalMode | null): ApprovalMode {
  return ceiling !== null && isLooser(mode, ceiling) ? ceiling : mode
}

/** What agents know the mode as: whether anybody may be asked. */
export type ApprovalPolicy = 'never' | 'on_request'

export function policyOf(mode: ApprovalMode): ApprovalPolicy {
  return mode === 'deny_all' || mode === bypassMode ? 'never' : 'on_request'
}
