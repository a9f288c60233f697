import { assessBundle, type ReviewCall } from '@countersign/core/reviews/assess-bundle'
import type { Assessment } from '@countersign/core/reviews/assessment'
import {
  type Reviewer,
  ReviewerFailure,
  type ReviewPrompt,
} from '@countersign/core/reviews/reviewer'
import { describe, expect, test } from 'vitest'
import { anAssessment, prepare } from '../../support/review-fixtures.ts'

const usage = {
  inputTokens: 100,
  outputTokens: 10,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  costUsd: 0.5,
}
const never = new AbortController().signal

/** A reviewer that says what `answer` makes of the nth prompt it is asked. */
function reviewerSaying(
  answer: (prompt: ReviewPrompt, nth: number, signal: AbortSignal) => Promise<Assessment>,
): Reviewer {
  let asked = 0
  return {
    model: 'scripted',
    isReady: true,
    isPriceKnown: true,
    promptTokensMax: 20_000,
    estimateCostUsd: () => 1,
    async ask(prompt, signal) {
      const assessment = await answer(prompt, asked++, signal)
      return { assessment, usage, model: 'scripted', requestId: 'req_1', durationMs: 5 }
    },
  }
}

/** A bundle that takes several prompts of the smallest size. */
const large = (lines = 9_000) =>
  prepare(
    { 'SKILL.md': Array.from({ length: lines }, (_, n) => `the line of number ${n}\n`).join('') },
    { promptTokensMax: 30_000 },
  )

describe('a bundle in several parts', () => {
  test('is asked part by part, and the worst answer counts', async () => {
    const prepared = await large()
    const reviewer = reviewerSaying(async (_prompt, nth) =>
      anAssessment({ risk_level: nth === 1 ? 'high' : 'safe' }),
    )
    const calls: ReviewCall[] = []
    const result = await assessBundle(
      { reviewer },
      { prepared, signal: never, onCall: (call) => void calls.push(call) },
    )
    expect(prepared.prompts.length).toBeGreaterThan(3)
    expect(result.assessments).toHaveLength(prepared.prompts.length)
    expect(result.judgement.riskLevel).toBe('high')
    expect(result.usage.costUsd).toBe(prepared.prompts.length * 0.5)
    expect(calls.map(({ nth }) => nth).sort((a, b) => a - b)).toEqual([...prepared.prompts.keys()])
  })

  test('is resumed where it was left: what was answered is not asked again', async () => {
    const prepared = await large()
    const earlier = new Map<string, Assessment>()
    const faulty = reviewerSaying(async (_prompt, nth) => {
      if (nth === 2) throw new ReviewerFailure('busy', 'wait', { retryAfterMs: 9, usage })
      return anAssessment()
    })
    const calls: ReviewCall[] = []
    const onCall = (call: ReviewCall) => {
      calls.push(call)
      if (call.assessment) earlier.set(call.key, call.assessment)
    }
    const failing = assessBundle({ reviewer: faulty }, { prepared, signal: never, onCall })
    await expect(failing).rejects.toMatchObject({ kind: 'busy', retryAfterMs: 9 })
    expect(
      calls.some(({ failure, usage }) => failure?.kind === 'busy' && usage.costUsd === 0.5),
    ).toBe(true)

    let asked = 0
    const sound = reviewerSaying(async () => {
      asked += 1
      return anAssessment()
    })
    const again = await large()
    const { assessments } = await assessBundle(
      { reviewer: sound },
      { prepared: again, signal: never, earlier },
    )
    expect(assessments).toHaveLength(prepared.prompts.length)
    expect(asked).toBe(prepared.prompts.length - earlier.size)
    expect(earlier.size).toBeGreaterThan(0)
  })

  test('is called off as a whole when one part fails', async () => {
    const prepared = await large()
    let calledOff = 0
    const reviewer = reviewerSaying(async (_prompt, nth, signal) => {
      if (nth === 2) throw new ReviewerFailure('transient', 'reset')
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          calledOff += 1
          reject(signal.reason)
        })
      })
    })
    await expect(assessBundle({ reviewer }, { prepared, signal: never })).rejects.toMatchObject({
      kind: 'transient',
    })
    expect(calledOff).toBe(2)
  })

  test('stops for its caller with the reason of the caller', async () => {
    const prepared = await large()
    const controller = new AbortController()
    const reviewer = reviewerSaying(async () => {
      controller.abort(new Error('shutting down'))
      return anAssessment()
    })
    const assessing = assessBundle({ reviewer }, { prepared, signal: controller.signal })
    await expect(assessing).rejects.toThrow('shutting down')
  })
})
