import { z } from 'zod'
import { decisionReasons } from './decision-reasons.ts'
import { requireReason } from './require-reason.ts'

export const DecisionReason = z.enum(
  Object.keys(decisionReasons) as (keyof typeof decisionReasons)[],
)
export type DecisionReason = z.infer<typeof DecisionReason>

export interface GivenReason {
  reason?: string | undefined
  reasonCode?: DecisionReason | undefined
}

/** The text of a reason: the person's own, or that of the code that they chose. One of both is needed. */
export function readReason({ reason = '', reasonCode }: GivenReason): string {
  const isOwn = reason.trim() !== '' || reasonCode === undefined
  return isOwn ? requireReason(reason) : decisionReasons[reasonCode]
}

/** What the audit keeps of a reason. */
export function reasonParams(given: GivenReason): Record<string, string> {
  const { reasonCode } = given
  return { reason: readReason(given), ...(reasonCode && { reason_code: reasonCode }) }
}
