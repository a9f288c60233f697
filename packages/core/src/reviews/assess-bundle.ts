import { type Assessment, addUsage, noUsage, type Usage } from './assessment.ts'
import { type Judgement, mergeAssessments } from './merge-assessments.ts'
import type { PreparedReview } from './prepare-review.ts'
import { type Reviewer, ReviewerFailure, type ReviewPrompt } from './reviewer.ts'

/** One call to the model, whatever came of it: what is billed, logged and counted. */
export interface ReviewCall {
  /** The `key` of the prompt: what an answer is kept under until the review is complete. */
  key: string
  nth: number
  count: number
  model: string
  requestId: string | null
  durationMs: number
  usage: Usage
  assessment: Assessment | null
  failure: ReviewerFailure | null
}

export interface AssessRequest {
  prepared: PreparedReview
  signal: AbortSignal
  /** Told of every call, also of one that failed, before anything else is done with it. */
  onCall?: (call: ReviewCall) => void | Promise<void>
  /** Answers of an earlier attempt, by key: they are not asked for again. */
  earlier?: ReadonlyMap<string, Assessment>
}

export interface AssessedBundle {
  judgement: Judgement
  assessments: readonly Assessment[]
  usage: Usage
}

/** Prompts of one bundle that are asked at the same time. */
const atOnce = 3

/**
 * Asks the model every prompt of a bundle and gives its judgement.
 *
 * Either every prompt was answered, or it throws: the first `ReviewerFailure`, after the other calls
 * were called off, or the signal's reason. An answer that is not usable is never half used.
 */
export async function assessBundle(
  { reviewer }: { reviewer: Reviewer },
  { prepared, signal, onCall, earlier }: AssessRequest,
): Promise<AssessedBundle> {
  const { prompts, lines } = prepared
  let usage = noUsage

  const assessments = await mapAtOnce(prompts, signal, async (prompt, nth, calledOff) => {
    const known = earlier?.get(prompt.key)
    if (known) return known
    const call = await askOnce(reviewer, prompt, calledOff)
    usage = addUsage(usage, call.usage)
    await onCall?.({ ...call, key: prompt.key, nth, count: prompts.length })
    if (call.failure) throw call.failure
    return call.assessment
  })
  return { judgement: mergeAssessments(assessments, lines), assessments, usage }
}

type CallOutcome = Omit<ReviewCall, 'key' | 'nth' | 'count'> &
  ({ assessment: Assessment; failure: null } | { assessment: null; failure: ReviewerFailure })

async function askOnce(
  reviewer: Reviewer,
  prompt: ReviewPrompt,
  signal: AbortSignal,
): Promise<CallOutcome> {
  const startedAt = performance.now()
  try {
    return { ...(await reviewer.ask(prompt, signal)), failure: null }
  } catch (failure) {
    if (!(failure instanceof ReviewerFailure)) throw failure
    return {
      model: reviewer.model,
      requestId: failure.requestId ?? null,
      durationMs: Math.round(performance.now() - startedAt),
      usage: failure.usage ?? noUsage,
      assessment: null,
      failure,
    }
  }
}

/** Runs over items, a few at a time. The first one that throws calls the others off. */
async function mapAtOnce<Item, Result>(
  items: readonly Item[],
  signal: AbortSignal,
  run: (item: Item, nth: number, calledOff: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const failed = new AbortController()
  const calledOff = AbortSignal.any([signal, failed.signal])
  const results: Result[] = []
  const queue = items.entries()

  async function work() {
    for (const [nth, item] of queue) {
      calledOff.throwIfAborted()
      results[nth] = await run(item, nth, calledOff)
    }
  }

  const workers = Array.from({ length: atOnce }, () => work().catch((error) => failed.abort(error)))
  await Promise.all(workers)
  calledOff.throwIfAborted()
  return results
}
