import type { FindingView, SubmissionView } from '@countersign/sdk'

/** From the worst to the least. */
const severities = ['critical', 'high', 'medium', 'low', 'info'] as const

/** Every finding on a submission: those of the checks, then those of the model. */
export function allFindings({ checks, review }: Pick<SubmissionView, 'checks' | 'review'>) {
  return [...Object.values(checks).flatMap(({ findings }) => findings), ...(review?.findings ?? [])]
}

/** The same findings, the worst first. */
export function worstFirst(findings: readonly FindingView[]): FindingView[] {
  const rank = ({ severity }: FindingView) => severities.indexOf(severity)
  return findings.toSorted((a, b) => rank(a) - rank(b))
}

/** How bad the worst finding is, whoever found it. */
export function worstSeverity(
  submission: Pick<SubmissionView, 'checks' | 'review'>,
): FindingView['severity'] | undefined {
  return worstFirst(allFindings(submission))[0]?.severity
}
