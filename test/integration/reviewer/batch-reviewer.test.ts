import { newId } from '@countersign/core/ids'
import { assessBundle } from '@countersign/core/reviews/assess-bundle'
import type { Assessment } from '@countersign/core/reviews/assessment'
import type { BatchItem, BatchResult } from '@countersign/core/reviews/reviewer'
import {
  approve,
  block,
  hang,
  type Reply,
  refusal,
  status,
  truncated,
  wrongReceipt,
} from '@countersign/demo/model-replies'
import { createAnthropicReviewer } from '@countersign/reviewer/anthropic-reviewer'
import { createBatchReviewer } from '@countersign/reviewer/batch-reviewer'
import { describe, expect, test } from 'vitest'
import { serveModel } from '../../support/messages-api.ts'
import { prepare } from '../../support/review-fixtures.ts'

const never = new AbortController().signal

async function batchReviewerOf(script: Reply, options: { batchPolls?: number } = {}) {
  const api = await serveModel(script, options)
  const connect = () =>
    createBatchReviewer({ apiKey: 'sk-test', model: 'haiku', timeoutMs: 5_000, baseUrl: api.url })
  return { api, connect, reviewer: connect() }
}

/** One item for a bundle that says `text`. */
async function anItem(text: string): Promise<BatchItem> {
  const { prompts } = await prepare({ 'SKILL.md': `${text}\n` })
  const [prompt] = prompts
  if (!prompt) throw new Error('There is always a first prompt.')
  return { submissionId: newId(), prompt }
}

async function collect(results: AsyncIterable<BatchResult>): Promise<Map<string, BatchResult>> {
  const found = new Map<string, BatchResult>()
  for await (const result of results) found.set(result.id.submissionId, result)
  return found
}

test('a batch gives every item its own answer, whatever their order', async () => {
  const { reviewer } = await batchReviewerOf(({ user }) =>
    user.includes('evil') ? block() : approve(),
  )
  const items = await Promise.all(['tides', 'evil', 'rivers'].map(anItem))
  const batchId = await reviewer.submit(items, never)
  const results = await collect(reviewer.results(batchId, never))
  expect(results.size).toBe(3)
  const risks = items.map(({ submissionId, prompt }) => {
    const result = results.get(submissionId)
    expect(result?.id.key).toBe(prompt.key)
    return result?.answer?.assessment.risk_level
  })
  expect(risks).toEqual(['safe', 'critical', 'safe'])
})

test('a batch costs half', async () => {
  const { reviewer } = await batchReviewerOf(approve())
  const item = await anItem('tides')
  const batchId = await reviewer.submit([item], never)
  const result = (await collect(reviewer.results(batchId, never))).get(item.submissionId)
  const { inputTokens = 0, costUsd } = result?.answer?.usage ?? {}
  expect(inputTokens).toBeGreaterThan(1_000)
  expect(costUsd).toBeCloseTo((inputTokens * 0.1 + 100 * 0.5) / 2_000_000, 12)
})

test('a batch is resumed from its id alone, by a process that never saw it', async () => {
  const { connect, reviewer } = await batchReviewerOf(approve(), { batchPolls: 3 })
  const item = await anItem('tides')
  const batchId = await reviewer.submit([item], never)
  const other = connect()
  expect(await other.poll(batchId, never)).toEqual({ hasEnded: false })
  expect(await other.poll(batchId, never)).toEqual({ hasEnded: false })
  expect(await other.poll(batchId, never)).toEqual({ hasEnded: true })
  const results = await collect(other.results(batchId, never))
  expect(results.get(item.submissionId)?.answer?.assessment.risk_level).toBe('safe')
})

test('a review is concluded from the answers of a batch without another call', async () => {
  const lines = Array.from({ length: 9_000 }, (_, n) => `line ${n} of a long skill\n`)
  const bundle = { 'SKILL.md': [...lines, 'evil\n'].join('') }
  const { api, reviewer } = await batchReviewerOf(({ user }) =>
    user.includes('evil') ? block() : approve(),
  )
  const submissionId = newId()
  const { prompts } = await prepare(bundle, { promptTokensMax: 40_000 })
  const items = prompts.map((prompt) => ({ submissionId, prompt }))
  const batchId = await reviewer.submit(items, never)
  const earlier = new Map<string, Assessment>()
  for await (const { id, answer } of reviewer.results(batchId, never)) {
    if (answer) earlier.set(id.key, answer.assessment)
  }

  const prepared = await prepare(bundle, { promptTokensMax: 40_000 })
  const options = { apiKey: 'sk-test', model: 'haiku', timeoutMs: 1_000, baseUrl: api.url }
  const ports = { reviewer: createAnthropicReviewer(options) }
  const { judgement } = await assessBundle(ports, { prepared, signal: never, earlier })
  expect(prompts.length).toBeGreaterThan(2)
  expect(judgement.riskLevel).toBe('critical')
  expect(api.calls).toHaveLength(0)
})

describe('an item', () => {
  test.each<[string, Reply, string]>([
    ['is refused', refusal(), 'no_answer'],
    ['is cut off', truncated(), 'no_answer'],
    ['answers another prompt', wrongReceipt(), 'no_answer'],
    ['expires', hang(), 'transient'],
    ['meets a bad request', status(400), 'rejected'],
    ['meets a refused key', status(401), 'not_ready'],
    ['meets an overloaded model', status(529), 'busy'],
    ['meets a limit', status(429), 'busy'],
    ['meets a failure', status(500), 'transient'],
    ['meets an error nobody knows', status(418, { type: 'teapot_error' }), 'transient'],
  ])('that %s has a failure of its own, and the others their answers', async (_name, script, kind) => {
    const { reviewer } = await batchReviewerOf(({ user }) =>
      user.includes('faulty') ? script : approve(),
    )
    const [faulty, sound] = await Promise.all(['faulty', 'sound'].map(anItem))
    if (!faulty || !sound) throw new Error('There are two items.')
    const batchId = await reviewer.submit([faulty, sound], never)
    const results = await collect(reviewer.results(batchId, never))
    expect(results.get(faulty.submissionId)?.failure?.kind).toBe(kind)
    expect(results.get(sound.submissionId)?.answer?.assessment.risk_level).toBe('safe')
  })

  test('of a batch that was canceled is tried again another time', async () => {
    const { api, reviewer } = await batchReviewerOf(approve(), { batchPolls: 9 })
    const item = await anItem('tides')
    const batchId = await reviewer.submit([item], never)
    const cancel = `${api.url}/v1/messages/batches/${batchId}/cancel`
    await fetch(cancel, { method: 'POST', headers: { 'x-api-key': 'sk-test' } })
    expect((await reviewer.poll(batchId, never)).hasEnded).toBe(true)
    const results = await collect(reviewer.results(batchId, never))
    expect(results.get(item.submissionId)?.failure?.kind).toBe('transient')
  })
})

describe('a batch that cannot be had', () => {
  test('fails for what it is', async () => {
    const { reviewer } = await batchReviewerOf(approve())
    await expect(reviewer.poll('msgbatch_404', never)).rejects.toMatchObject({ kind: 'rejected' })
    const results = collect(reviewer.results('msgbatch_404', never))
    await expect(results).rejects.toMatchObject({ kind: 'rejected' })
  })

  test('is not asked for without a key', async () => {
    const { api } = await batchReviewerOf(approve())
    const options = { apiKey: undefined, model: 'haiku', timeoutMs: 1_000, baseUrl: api.url }
    const reviewer = createBatchReviewer(options)
    const submitting = reviewer.submit([await anItem('tides')], never)
    await expect(submitting).rejects.toMatchObject({ kind: 'not_ready' })
  })

  test('stops for its caller with the reason of the caller', async () => {
    const { reviewer } = await batchReviewerOf(approve())
    const stopped = AbortSignal.abort(new Error('shutting down'))
    await expect(reviewer.poll('msgbatch_1', stopped)).rejects.toThrow('shutting down')
    await expect(collect(reviewer.results('msgbatch_1', stopped))).rejects.toThrow('shutting down')
  })
})
