import { type Finding, Severity, Tier } from '@countersign/core/guardrails/finding'
import { checkNames } from '@countersign/core/guardrails/inspection'
import { z } from 'zod'

export const FindingView = z
  .object({
    rule_id: z.string(),
    tier: Tier,
    severity: Severity,
    confidence: z.number(),
    category: z.string(),
    fingerprint: z.string(),
    file: z.string().nullable(),
    line: z.int().nullable(),
    end_line: z.int().nullable(),
    message: z.string(),
    snippet: z.string().nullable(),
    fix_hint: z.string().nullable(),
    source: z.enum(['static', 'llm']),
    suppressed_by: z
      .string()
      .nullable()
      .describe('The suppression that covers it: it stops nothing.'),
  })
  .meta({ id: 'Finding' })
export type FindingView = z.infer<typeof FindingView>

export function viewFinding(finding: Finding): FindingView {
  const { ruleId, endLine, fixHint, suppressedBy = null, ...same } = finding
  return {
    ...same,
    rule_id: ruleId,
    end_line: endLine,
    fix_hint: fixHint,
    suppressed_by: suppressedBy,
  }
}

const CheckView = z.object({
  status: z.enum(['pass', 'warn', 'fail']),
  findings: z.array(FindingView),
})

/** The four deterministic checks, in the order in which they are run. */
export const ChecksView = z
  .object({
    manifest: CheckView,
    static_security: CheckView,
    content: CheckView,
    quality: CheckView,
  })
  .meta({ id: 'Checks' })
export type ChecksView = z.infer<typeof ChecksView>

/** The checks with what each found. */
export function viewChecks(
  checks: Record<
    (typeof checkNames)[number],
    { status: 'pass' | 'warn' | 'fail'; findings: Finding[] }
  >,
): ChecksView {
  const entries = checkNames.map((name) => {
    const { status, findings } = checks[name]
    return [name, { status, findings: findings.map(viewFinding) }]
  })
  return Object.fromEntries(entries)
}
