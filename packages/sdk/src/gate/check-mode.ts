import type { SessionBody } from '@countersign/contract/approvals/session'
import { ConflictingMode } from './errors.ts'

export const approvalModes = [
  'deny_all',
  'auto_review',
  'human_review',
  'dangerously_bypass_approvals_and_sandbox',
] as const
export type ApprovalMode = (typeof approvalModes)[number]

const bypass: ApprovalMode = 'dangerously_bypass_approvals_and_sandbox'

/** Refuses what the service would refuse too, before anything is sent. `field` is named in the refusal. */
export function checkMode(
  mode: string | null | undefined,
  sandbox: SessionBody['sandbox'],
  field: 'sandbox' | 'sandbox_policy',
): void {
  if (mode != null && !approvalModes.includes(mode as ApprovalMode)) {
    const known = approvalModes.join(', ')
    throw new ConflictingMode(`${mode} is no approval mode. There are ${known}.`)
  }
  if (mode === bypass && sandbox != null) {
    throw new ConflictingMode(`The approval mode ${bypass} cannot be combined with ${field}.`)
  }
}
