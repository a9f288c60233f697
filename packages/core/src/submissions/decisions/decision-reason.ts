import { z } from 'zod'
import { requireReason } from './require-reason.ts'

/** Why people decide, in the same words each time: codes to count by, texts for the submitter to read. */
export const decisionReasons = {
  false_positive: 'What was found is not what it looks like: a person has read the place.',
  accepted_risk: 'The risk is known and accepted, for what the bundle is needed for.',
  reviewed_elsewhere: 'The bundle was reviewed elsewhere, and these are the same bytes.',
  harmful: 'The bundle acts against whoever installs it.',
  hidden_instructions: 'The bundle holds instructions that are not meant to be seen.',
  exposed_secret: 'The bundle holds a secret. Revoke it, remove it, and send the bundle again.',
  needless_capability:
    'The bundle can do more than what it is for. Remove that, and send it again.',
  misleading: 'The bundle does not do what its name and description say.',
  poor_quality: 'The bundle is not ready to be used by others yet. See the findings.',
  unclear_origin: 'It is not clear whose work this is, or whether it may be passed on.',
} as const

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
