import { z } from 'zod'
import { Severity } from '../guardrails/finding.ts'

export const RiskLevel = z.enum(['safe', 'low', 'medium', 'high', 'critical'])
export type RiskLevel = z.infer<typeof RiskLevel>

/** What the model noticed in one place. */
const AssessedFinding = z.object({
  severity: Severity,
  category: z.string().min(1).max(80),
  file: z.string().max(1000),
  line: z.int().positive().nullish(),
  explanation: z.string().max(4000),
  fix_hint: z.string().max(4000).nullish(),
})

const QualityIssue = z.object({
  file: z.string().max(1000),
  field: z.string().max(200),
  issue: z.string().max(2000),
  hint: z.string().max(2000),
})

/**
 * The model's answer to one prompt, as CONTRACT.md fixes it. Unknown words are errors: nothing is
 * guessed from an answer that does not fit.
 */
export const Assessment = z.object({
  risk_level: RiskLevel,
  summary: z.string().max(8000),
  findings: z.array(AssessedFinding).max(500),
  content_quality: z.object({
    verdict: z.enum(['pass', 'fail']),
    issues: z.array(QualityIssue).max(200),
  }),
  template_placeholders_found: z.union([z.boolean(), z.array(z.string())]).nullish(),
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
