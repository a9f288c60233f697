import { z } from 'zod'

export const Severity = z.enum(['info', 'low', 'medium', 'high', 'critical'])
export type Severity = z.infer<typeof Severity>

/** What a finding does: stop the bundle alone, send it to a person, or only be shown. */
export const Tier = z.enum(['block', 'human', 'annotate'])
export type Tier = z.infer<typeof Tier>

/** One thing that a check or the reviewer model noticed in a bundle. */
export interface Finding {
  /** Stable, of the form `EXE-001`; for the model's findings `LLM-<category>`. */
  ruleId: string
  tier: Tier
  severity: Severity
  /** How sure the rule is, 0 to 1. */
  confidence: number
  category: string
  /** The same for the same finding in another version: independent of path, line and rule version. */
  fingerprint: string
  /** A path of the served tree, or `null` where the finding is about the bundle or its metadata. */
  file: string | null
  /** Counted from 1. */
  line: number | null
  endLine: number | null
  /** A sentence for the person who must act on it. */
  message: string
  /** At most 200 characters of the place, secrets masked and invisible characters made visible. */
  snippet: string | null
  fixHint: string | null
  source: 'static' | 'llm'
  /** The suppression that covers it: an admin has looked at it, and it stops nothing. */
  suppressedBy?: string
}

const severities = Severity.options

/** The worst severity among findings; `undefined` if there are none. */
export function worstSeverity(findings: readonly { severity: Severity }[]): Severity | undefined {
  const worst = Math.max(-1, ...findings.map(({ severity }) => severities.indexOf(severity)))
  return severities[worst]
}
