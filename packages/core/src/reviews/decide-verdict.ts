import type { Coverage } from './coverage.ts'
import { type AcceptableBundle, type HumanReviewReason, listDoubts } from './list-doubts.ts'
import type { Judgement } from './merge-assessments.ts'

export interface VerdictRequest extends AcceptableBundle {
  coverage: Coverage
  /** What also goes to a person when the model approves, as configured. */
  humanReviewFor: readonly HumanReviewReason[]
  /** Set where a version that was decided before is looked at again. */
  rescan?: { isLive: boolean; hideOnFail: boolean } | undefined
}

export interface Verdict {
  outcome: 'approve' | 'block' | 'escalate'
  holdReason: 'coverage' | 'policy' | null
  /** Whether the live version must go out of service: only ever after a rescan. */
  takesDown: boolean
  /** Why it is not an approval, a sentence each; empty for one. */
  reasons: string[]
}

/**
 * Decides what becomes of a bundle that the model has read.
 *
 * Bad news stops it, however little was read. What was not read in full is never approved; nor is
 * what a person is to look at, or what the static rules and the model see differently.
 */
export function decideVerdict(request: VerdictRequest): Verdict {
  const objections = listObjections(request.judgement)
  if (objections.length > 0) return stop(request, objections)
  const unread = listUnread(request.coverage)
  if (unread.length > 0) return escalate('coverage', unread)
  const doubts = listDoubts(request, request.humanReviewFor)
  if (doubts.length > 0) return escalate('policy', doubts)
  return { outcome: 'approve', holdReason: null, takesDown: false, reasons: [] }
}

/** A live version goes out of service only for something critical or at an admin's word. */
function stop({ judgement, rescan }: VerdictRequest, reasons: string[]): Verdict {
  const isCritical =
    judgement.riskLevel === 'critical' ||
    judgement.findings.some(({ severity }) => severity === 'critical')
  if (rescan?.isLive && !isCritical && !rescan.hideOnFail) return escalate('policy', reasons)
  return { outcome: 'block', holdReason: null, takesDown: rescan?.isLive ?? false, reasons }
}

function escalate(holdReason: 'coverage' | 'policy', reasons: string[]): Verdict {
  return { outcome: 'escalate', holdReason, takesDown: false, reasons }
}

function listObjections({ riskLevel, findings, contentQuality }: Judgement): string[] {
  const isAcceptable = riskLevel === 'safe' || riskLevel === 'low'
  const grave = findings.filter(({ severity }) => severity === 'high' || severity === 'critical')
  return [
    ...(isAcceptable ? [] : [`The risk is ${riskLevel}.`]),
    ...grave.map(({ severity, ruleId, file }) => `${ruleId} is ${severity}${inFile(file)}.`),
    ...(contentQuality.verdict === 'fail' ? ['The content is not fit for use.'] : []),
  ]
}

function listUnread({ files }: Coverage): string[] {
  const unread = files.filter(({ bytes, covered }) => covered < bytes)
  return unread.map(
    ({ path, bytes, covered }) => `${bytes - covered} of ${bytes} bytes were not read in ${path}.`,
  )
}

function inFile(file: string | null): string {
  return file === null ? '' : ` in ${file}`
}
