import { setTimeout as sleep } from 'node:timers/promises'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import { noUsage } from '../../reviews/assessment.ts'
import { ReviewerFailure, type ReviewPrompt } from '../../reviews/reviewer.ts'
import type { ActionAnswer } from './action-reviewer.ts'

type AskPorts = Pick<Ports, 'store' | 'actionReviewer' | 'monitor'>

interface Question {
  approvalId: Id
  prompt: ReviewPrompt
  signal: AbortSignal
}

/** Somebody waits for the answer: beyond this, a person may as well be asked. */
const deadlineMs = 90_000
const pauseMsMax = 5_000

/**
 * Asks, and once more if the provider was busy or failed. An answer that is none is not asked for
 * again. Throws a `ReviewerFailure` if there is no answer in time.
 */
export async function askTwice(ports: AskPorts, question: Question): Promise<ActionAnswer> {
  const deadline = AbortSignal.timeout(deadlineMs)
  const signal = AbortSignal.any([question.signal, deadline])
  try {
    return await askTwiceWithin(ports, { ...question, signal })
  } catch (error) {
    if (!deadline.aborted || question.signal.aborted) throw error
    throw new ReviewerFailure('transient', 'The reviewer model took too long.', { cause: error })
  }
}

async function askTwiceWithin(ports: AskPorts, question: Question): Promise<ActionAnswer> {
  try {
    return await askOnce(ports, question)
  } catch (error) {
    const isPassing = error instanceof ReviewerFailure && ['busy', 'transient'].includes(error.kind)
    if (!isPassing) throw error
    const { signal } = question
    await sleep(Math.min(error.retryAfterMs ?? 500, pauseMsMax), undefined, { signal })
    return askOnce(ports, question)
  }
}

/** Asks, and puts on record what that cost, whatever came of it. */
async function askOnce(ports: AskPorts, question: Question): Promise<ActionAnswer> {
  const { approvalId, prompt, signal } = question
  const startedAt = performance.now()
  try {
    const answer = await ports.actionReviewer.ask(prompt, signal)
    await record(ports, { approvalId, outcome: 'answered', ...answer })
    return answer
  } catch (error) {
    if (!(error instanceof ReviewerFailure)) throw error
    await record(ports, {
      approvalId,
      outcome: error.kind,
      model: ports.actionReviewer.model,
      requestId: error.requestId ?? null,
      usage: error.usage ?? noUsage,
      durationMs: Math.round(performance.now() - startedAt),
      assessment: null,
    })
    throw error
  }
}

async function record(
  { store, monitor }: AskPorts,
  call: Parameters<Ports['store']['approvalReviews']['recordCall']>[0],
): Promise<void> {
  const { assessment: _, ...shown } = call
  monitor.onReviewCall(shown)
  await store.approvalReviews.recordCall(call)
}
