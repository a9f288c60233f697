import { type Finding, type Severity, worstSeverity } from '../../guardrails/finding.ts'
import type { Ports } from '../../ports.ts'
import type { Review } from '../../submissions/submission.ts'
import { isOpen } from '../../suppressions/suppression.ts'
import { assessBundle, type ReviewCall } from '../assess-bundle.ts'
import type { Assessment, Usage } from '../assessment.ts'
import { decideVerdict, type Verdict } from '../decide-verdict.ts'
import type { PreparedReview } from '../prepare-review.ts'
import { promptHash } from '../prompt/build-prompt.ts'
import type { ReviewPorts } from '../review-submission.ts'
import type { VerdictKey } from '../verdict-repository.ts'
import type { ClaimedReview, HeldReview } from './claimed-review.ts'
import { BudgetSpent, isBudgetSpent } from './hold-review.ts'
import { prepareSubmission } from './prepare-submission.ts'
import { renameReview } from './rename-review.ts'

export interface ReachedVerdict extends Verdict {
  review: Review
  key: VerdictKey
  /** The worst of what the checks and the model found. */
  severity: Severity | null
}

/** Finds out what the model makes of a version, from what it said of the same bytes before if it may. */
export async function reachVerdict(
  ports: ReviewPorts,
  claimed: ClaimedReview,
  signal: AbortSignal,
): Promise<ReachedVerdict> {
  const { held, version } = claimed
  const key = {
    contentHash: version.contentHash,
    policyVersion: held.policyVersion,
    promptHash: promptHash(),
    model: ports.reviewer.model,
  }
  const open = claimed.findings.filter(isOpen)
  const review =
    (await reuse(ports, claimed)) ?? (await askModel(ports, { ...claimed, key, open }, signal))
  const severity = worstSeverity([...open, ...review.findings]) ?? null
  return { ...decide(ports, claimed, { review, open }), review, key, severity }
}

/** A retry and a rescan always ask the model anew; anything else need not flip what was said before. */
async function reuse(
  { store }: Pick<Ports, 'store'>,
  { held, known }: ClaimedReview,
): Promise<Review | undefined> {
  if (held.attempt > 1 || !known) return undefined
  const asked = await store.submissions.find(known.submissionId)
  if (!asked) return undefined
  const usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, costUsd: 0 }
  const review = renameReview(known.review, asked.slug, held.slug)
  return { ...review, usage, attempts: 0, reusedFrom: known.submissionId }
}

async function askModel(
  ports: ReviewPorts,
  asked: ClaimedReview & { key: VerdictKey; open: readonly Finding[] },
  signal: AbortSignal,
): Promise<Review> {
  const { held, entity, rendition, answers: earlier, key, open } = asked
  const files = rendition?.files ?? []
  const prepared = await prepareSubmission(ports, { submission: held, entity, files, open })
  await refuseOverBudget(ports, prepared, earlier)
  const { judgement, usage } = await assessBundle(ports, {
    prepared,
    signal,
    earlier,
    onCall: (call) => recordCall(ports, held, call),
  })
  if (asked.said.has('reviewer_refusal')) await ports.store.settings.forget('reviewer_refusal')
  return {
    ...judgement,
    model: key.model,
    promptHash: key.promptHash,
    policyVersion: key.policyVersion,
    coverage: prepared.coverage,
    usage: sumUsage(asked.usage, usage),
    attempts: held.failures + 1,
    reusedFrom: null,
    error: null,
  }
}

/** What an attempt took so far, and what this try of it took beyond that. Costs are kept so exactly. */
function sumUsage(before: Review['usage'], now: Usage): Review['usage'] {
  return {
    inputTokens: before.inputTokens + now.inputTokens,
    outputTokens: before.outputTokens + now.outputTokens,
    cacheReadTokens: before.cacheReadTokens + now.cacheReadTokens,
    costUsd: Number((before.costUsd + now.costUsd).toFixed(6)),
  }
}

async function refuseOverBudget(
  { store, reviewer, policy }: ReviewPorts,
  { prompts }: PreparedReview,
  earlier: ReadonlyMap<string, Assessment>,
): Promise<void> {
  if (policy.budgetUsdPerDay === undefined) return
  const costUsd = prompts
    .filter(({ key }) => !earlier.has(key))
    .reduce((sum, prompt) => sum + reviewer.estimateCostUsd(prompt), 0)
  if (await isBudgetSpent(store, policy.budgetUsdPerDay, costUsd)) throw new BudgetSpent()
}

/** What a call cost is kept whatever came of it, and its answer until the review is complete. */
async function recordCall(
  { store, monitor }: Pick<Ports, 'store' | 'monitor'>,
  held: HeldReview,
  call: ReviewCall,
): Promise<void> {
  const { key, model, requestId, durationMs, usage, assessment, failure } = call
  const outcome = failure?.kind ?? 'answered'
  monitor.onReviewCall({ submissionId: held.id, model, requestId, outcome, durationMs, usage })
  await store.verdicts.recordCall({
    submissionId: held.id,
    attempt: held.attempt,
    model,
    requestId,
    outcome,
    usage,
    durationMs,
    promptKey: key,
    assessment,
  })
}

function decide(
  { policy }: Pick<Ports, 'policy'>,
  { held, entity }: ClaimedReview,
  { review, open }: { review: Review; open: readonly Finding[] },
): Verdict {
  const { riskLevel, summary, findings, contentQuality, coverage } = review
  if (riskLevel === null || contentQuality === null) throw new Error('A review has no judgement.')
  const isLive = entity.liveN === held.n && entity.visibilityStatus === 'approved'
  return decideVerdict({
    judgement: { riskLevel, summary, findings, contentQuality },
    coverage,
    staticFindings: open,
    capabilityDelta: held.capabilityDelta,
    humanReviewFor: policy.humanReviewFor,
    rescan: held.rescan ? { isLive, hideOnFail: held.rescan.hideOnFail } : undefined,
  })
}
