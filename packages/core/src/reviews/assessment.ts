import { z } from 'zod'
import { Severity } from '../guardrails/finding.ts'

export const RiskLevel = z.enum(['safe', 'low', 'medium', 'high', 'critical'])
export type RiskLevel = z.infer<typeof RiskLevel>

/** What the model noticed in one place. Where that is may be wrong; it is checked against the bundle. */
const AssessedFinding = z.object({
  severity: Severity,
  category: z.string().min(1),
  file: z.string(),
  line: z.number().nullish(),
  explanation: z.string(),
  fix_hint: z.string().nullish(),
})
export type AssessedFinding = z.infer<typeof AssessedFinding>

const QualityIssue = z.object({
  file: z.string(),
  field: z.string(),
  issue: z.string(),
  hint: z.string(),
})

/**
 * The model's answer to one prompt. Unknown words are errors: nothing is guessed from an answer that
 * does not fit.
 */
export const Assessment = z.object({
  risk_level: RiskLevel,
  summary: z.string(),
  findings: z.array(AssessedFinding),
  content_quality: z.object({
    verdict: z.enum(['pass', 'fail']),
    issues: z.array(QualityIssue),
  }),
  template_placeholders_found: z.unknown().optional(),
})
export type Assessment = z.infer<typeof Assessment>

/** Tokens and money of one call, or of a whole review. */
export interface Usage {
  inputTokens: number
  outputTokens: number
  cacheReadTokens: number
  cacheWriteTokens: number
  costUsd: number
}

export const noUsage: Usage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  costUsd: 0,
}

/** The usage of two calls together. */
export function addUsage(one: Usage, other: Usage): Usage {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cacheReadTokens: one.cacheReadTokens + other.cacheReadTokens,
    cacheWriteTokens: one.cacheWriteTokens + other.cacheWriteTokens,
    costUsd: one.costUsd + other.costUsd,
  }
}
