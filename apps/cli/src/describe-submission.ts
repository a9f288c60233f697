import type { SubmissionView } from '@countersign/sdk'
import { type ExitCode, exitCodes } from './command.ts'
import { inert } from './print.ts'

type Shown = Pick<SubmissionView, 'status' | 'hold_reason' | 'waiting_on' | 'review' | 'checks'>

/** What a verdict means to a script. */
export function exitCodeOf({ status }: Pick<SubmissionView, 'status'>): ExitCode {
  switch (status) {
    case 'approved':
    case 'overridden':
      return exitCodes.good
    case 'pending_llm':
    case 'needs_human':
      return exitCodes.held
    default:
      return exitCodes.refused
  }
}

/** What became of a submission, in a few lines: what happened, why, and who acts next. */
export function describeSubmission(submission: Shown): string {
  const { status, hold_reason: hold, waiting_on: waitingOn, review } = submission
  const findings = Object.values(submission.checks).flatMap((check) => check.findings)
  const grave = [...findings, ...(review?.findings ?? [])].filter(({ tier }) => tier === 'block')
  return [
    `${status}${hold ? ` (${hold})` : ''}${waitingOn ? `, waiting on: ${waitingOn}` : ''}`,
    ...(review?.error ? [`  ${inert(review.error)}`] : []),
    ...(review?.summary ? [`  ${inert(review.summary)}`] : []),
    ...grave.map(describeFinding),
  ].join('\n')
}

function describeFinding(finding: Shown['checks']['manifest']['findings'][number]): string {
  const { rule_id: rule, file, line, message, fix_hint: hint } = finding
  const place = file ? ` ${inert(file)}${line ? `:${line}` : ''}` : ''
  return `  ${rule}${place} ${inert(message)}${hint ? `\n    → ${inert(hint)}` : ''}`
}
