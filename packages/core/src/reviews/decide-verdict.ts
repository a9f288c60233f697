import type { CapabilityDelta } from '../capabilities/capabilities.ts'
import type { Finding } from '../guardrails/finding.ts'
import { type Coverage, isComplete } from './coverage.ts'
import type { Judgement } from './merge-assessments.ts'

/** Capabilities that may want a person's eye when a version adds them. */
const watchedCapabilities = ['hooks', 'mods', 'mcp', 'bin', 'hosts', 'commands', 'tools'] as const

/** What goes to a person although the model approves. `none` is overruled by anything beside it. */
export type HumanReviewReason = (typeof watchedCapabilities)[number] | 'flagged' | 'all' | 'none'

export interface VerdictRequest {
  judgement: Judgement
  coverage: Coverage
  /** What the static checks found in the same bytes. */
  staticFindings: readonly Finding[]
  capabilityDelta: CapabilityDelta
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
  const doubts = listDoubts(request)
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

function listUnread(coverage: Coverage): string[] {
  if (isComplete(coverage)) return []
  const unread = coverage.files.filter(({ bytes, covered }) => covered < bytes)
  return unread.map(
    ({ path, bytes, covered }) => `${bytes - covered} of ${bytes} bytes were not read in ${path}.`,
  )
}

function listDoubts(request: VerdictRequest): string[] {
  const { humanReviewFor, capabilityDelta, staticFindings, judgement } = request
  const wants = new Set(humanReviewFor)
  const added = watchedCapabilities.filter(
    (name) => wants.has(name) && (capabilityDelta[name]?.added.length ?? 0) > 0,
  )
  const flagged = wants.has('flagged') || wants.has('all')
  const flags = flagged ? staticFindings.filter((found) => isOpen(found, judgement)) : []
  return [
    ...(wants.has('all') ? ['Every approval is looked at by a person.'] : []),
    ...added.map((name) => `It adds ${name}.`),
    ...flags.map(({ ruleId, file }) => `${ruleId} wants a person to look${inFile(file)}.`),
  ]
}

/**
 * Whether a static finding still needs a person after the model said that all is well: if its rule
 * asks for one, or if it is grave and the model has not said a word about the place.
 */
function isOpen(found: Finding, { findings }: Judgement): boolean {
  if (found.tier !== 'annotate') return true
  if (found.severity !== 'high' && found.severity !== 'critical') return false
  return !findings.some(({ file, line }) => file === found.file && isNear(line, found.line))
}

function isNear(line: number | null, other: number | null): boolean {
  return line === null || other === null || Math.abs(line - other) <= 10
}

function inFile(file: string | null): string {
  return file === null ? '' : ` in ${file}`
}
