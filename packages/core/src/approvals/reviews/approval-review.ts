import { z } from 'zod'

export const Risk = z.enum(['low', 'medium', 'high', 'critical'])
export const Authorization = z.enum(['unknown', 'low', 'medium', 'high'])
export const Outcome = z.enum(['allow', 'deny', 'escalate'])
export type Risk = z.infer<typeof Risk>
export type Authorization = z.infer<typeof Authorization>
export type Outcome = z.infer<typeof Outcome>

export const rationaleCharsMax = 4000

/** What the reviewer model says of an action. */
export const ActionAssessment = z.object({
  risk: Risk,
  authorization: Authorization,
  injection_suspected: z.boolean(),
  reversible: z.boolean(),
  outcome: Outcome,
  rationale: z.string().max(rationaleCharsMax),
})
export type ActionAssessment = z.infer<typeof ActionAssessment>

/** What came of asking the model, kept with the ticket. */
export interface ApprovalReview {
  /** What code made of the assessment: never more than the model allowed. */
  outcome: Outcome
  assessment: ActionAssessment | null
  model: string | null
  /** Why there is no assessment. */
  failure: string | null
}
