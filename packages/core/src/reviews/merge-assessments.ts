import { createHash } from 'node:crypto'
import { type Finding, Severity } from '../guardrails/finding.ts'
import { type AssessedFinding, type Assessment, RiskLevel } from './assessment.ts'
import { type BundleLines, maskSnippet } from './bundle-lines.ts'
import { cleanWords } from './text/clean-words.ts'

/** What the model makes of a bundle, all of its answers together. */
export interface Judgement {
  riskLevel: RiskLevel
  summary: string
  contentQuality: { verdict: 'pass' | 'fail'; issues: QualityIssue[] }
  findings: Finding[]
}

type QualityIssue = Assessment['content_quality']['issues'][number]

/**
 * Makes one judgement of the answers to all prompts of a bundle: the worst of them counts.
 *
 * The quality is judged by the evidence: issues without a failure are one, a failure without an issue
 * is none. Findings that speak of no place in the bundle are kept, without the place. Nothing is
 * judged of no answer: that is as bad as it gets.
 */
export function mergeAssessments(
  assessments: readonly Assessment[],
  lines: BundleLines,
): Judgement {
  const issues = assessments.flatMap(({ content_quality }) => content_quality.issues)
  const worst = Math.max(...assessments.map((one) => RiskLevel.options.indexOf(one.risk_level)))
  return {
    riskLevel: RiskLevel.options[worst] ?? 'critical',
    summary: cleanWords(assessments.map(({ summary }) => summary).join('\n\n'), 8000),
    contentQuality: {
      verdict: issues.length > 0 ? 'fail' : 'pass',
      issues: issues.map(({ file, field, issue, hint }) => ({
        file: cleanWords(file, 240),
        field: cleanWords(field, 200),
        issue: cleanWords(issue, 2000),
        hint: cleanWords(hint, 2000),
      })),
    },
    findings: withoutRepeats(
      assessments.flatMap(({ findings }) => findings.map((found) => toFinding(found, lines))),
    ),
  }
}

function toFinding(found: AssessedFinding, lines: BundleLines): Finding {
  const place = lines.locate(found.file, found.line ?? null)
  const words = found.category.toLowerCase().match(/[a-z0-9]+/g) ?? ['other']
  const category = words.join('_').slice(0, 80)
  const isStopping = found.severity === 'high' || found.severity === 'critical'
  return {
    ruleId: `LLM-${category}`,
    tier: isStopping ? 'block' : 'annotate',
    severity: found.severity,
    confidence: 0.5,
    category,
    fingerprint: fingerprint(category, place.text?.trim() ?? place.file ?? ''),
    file: place.file,
    line: place.line,
    endLine: place.line,
    message: cleanWords(found.explanation, 4000),
    snippet: place.text === null ? null : maskSnippet(place.text),
    fixHint: found.fix_hint ? cleanWords(found.fix_hint, 4000) : null,
    source: 'llm',
  }
}

function fingerprint(category: string, place: string): string {
  return createHash('sha256')
    .update(JSON.stringify(['LLM', category, place]))
    .digest('hex')
}

/** The overlap of two parts is read twice, and may be found twice. The worse finding stays. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const places = Map.groupBy(findings, ({ ruleId, file, line, message }) =>
    JSON.stringify(line === null ? [ruleId, file, message] : [ruleId, file, line]),
  )
  return [...places.values()].flatMap((same) =>
    same.toSorted((one, other) => rank(other) - rank(one)).slice(0, 1),
  )
}

function rank({ severity }: Finding): number {
  return Severity.options.indexOf(severity)
}
