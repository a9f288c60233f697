import type { Finding, Severity } from '../finding.ts'
import { fingerprint } from '../judge-match.ts'
import { showSnippet } from '../show-snippet.ts'

/** Something that the author has to set right, in words that say where and how. */
export interface Issue {
  id: string
  /** The machine's word for it, such as `description_too_short`. */
  code: string
  /** `block` makes the check fail, `annotate` only warns. */
  tier: 'block' | 'annotate'
  severity: Severity
  file: string | null
  line?: number | null
  /** The field that is wrong, such as `description` or `hooks.Stop[0].command`. */
  field: string
  /** What is wrong with it, without naming it again. */
  problem: string
  hint: string
  /** What stands there now. */
  value?: string
}

/** The finding of an issue. Its category is the code, its message begins with the field. */
export function describeIssue(issue: Issue): Finding {
  return {
    ruleId: issue.id,
    tier: issue.tier,
    severity: issue.severity,
    confidence: 1,
    category: issue.code,
    fingerprint: fingerprint(issue.id, `${issue.field} ${issue.value ?? ''}`),
    file: issue.file,
    line: issue.line ?? null,
    endLine: issue.line ?? null,
    message: `${issue.field}: ${issue.problem}`,
    snippet: issue.value ? showSnippet(issue.value) : null,
    fixHint: issue.hint,
    source: 'static',
  }
}
