import {
  approve,
  cut,
  hang,
  type Reply,
  rateLimited,
  reset,
  slow,
  stall,
  status,
  toolCall,
  withoutStructuredOutput,
} from '@countersign/demo/model-replies'
import { createAnthropicReviewer } from '@countersign/reviewer/anthropic-reviewer'
import { describe, expect, test } from 'vitest'
import { failureOf, never, reviewerOf, serveModel, somePrompt } from '../../support/messages-api.ts'

async function ask(script: Reply, options: { model?: string; timeoutMs?: number } = {}) {
  const { api, reviewer } = await reviewerOf(script, options)
  return { api, answer: await reviewer.ask(await somePrompt(), never) }
}

describe('a sound answer', () => {
  test('is given with what it cost and how the provider calls it', async () => {
    const { answer, api } = await ask(approve({ risk_level: 'low', summary: 'Fine.' }))
    expect(answer.assessment).toMatchObject({ risk_level: 'low', summary: 'Fine.' })
    expect(answer.usage.inputTokens).toBeGreaterThan(1000)
    expect(answer.usage.costUsd).toBeGreaterThan(0)
    expect(answer.model).toBe('claude-haiku-5-5')
    expect(answer.requestId).toBe(api.calls[0]?.request.id)
  })

  test('may come as a call of our tool', async () => {
    const { answer } = await ask(toolCall({ risk_level: 'low' }))
    expect(answer.assessment.risk_level).toBe('low')
  })

  test('may take its time, up to the timeout', async () => {
    const { answer } = await ask(slow(300, approve()))
    expect(answer.durationMs).toBeGreaterThanOrEqual(290)
  })
})

describe('the request', () => {
  test('holds the rules in system, cacheable, and the bundle in the user turn alone', async () => {
    const { api } = await ask(approve())
    const request = api.calls[0]?.request
    expect(request?.body.system).toMatchObject([{ cache_control: { type: 'ephemeral' } }])
    expect(request?.system).not.toContain('tide')
    expect(request?.user).toContain('1¦ Read the tide table.')
    expect(request?.mode).toBe('schema')
    expect(request?.body).not.toHaveProperty('temperature')
  })

  test('sets the temperature only for a model that takes it', async () => {
    const { api } = await ask(approve(), { model: 'claude-haiku-4-5' })
    expect(api.calls[0]?.request.body).toMatchObject({ model: 'claude-haiku-4-5', temperature: 0 })
  })
})

describe('a gateway without structured output', () => {
  test('is asked once more by a forced tool call, and directly from then on', async () => {
    const { api, reviewer } = await reviewerOf(withoutStructuredOutput(approve()))
    const prompt = await somePrompt()
    expect((await reviewer.ask(prompt, never)).assessment.risk_level).toBe('safe')
    await reviewer.ask(prompt, never)
    expect(api.calls.map(({ request }) => request.mode)).toEqual(['schema', 'tool', 'tool'])
  })

  test('that knows no tools either fails at once', async () => {
    const message = 'output_config: json_schema is not supported'
    const { failure, calls } = await failureOf(status(400, { message }))
    expect([failure.kind, calls]).toEqual(['rejected', 2])
  })
})

test.each<[number, string]>([
  [400, 'rejected'],
  [401, 'not_ready'],
  [402, 'not_ready'],
  [403, 'not_ready'],
  [404, 'rejected'],
  [408, 'transient'],
  [409, 'transient'],
  [413, 'rejected'],
  [422, 'rejected'],
  [429, 'busy'],
  [500, 'transient'],
  [502, 'transient'],
  [503, 'transient'],
  [504, 'transient'],
  [529, 'busy'],
])('a %i is %s, after one call', async (code, kind) => {
  const { failure, calls } = await failureOf(status(code))
  expect([failure.kind, calls]).toEqual([kind, 1])
})

describe('waiting', () => {
  test('is as long as the provider says in seconds', async () => {
    expect((await failureOf(rateLimited(37))).failure.retryAfterMs).toBe(37_000)
  })

  test('is as long as the provider says in milliseconds', async () => {
    const script = status(529, { headers: { 'retry-after-ms': '1500', 'retry-after': '99' } })
    expect((await failureOf(script)).failure.retryAfterMs).toBe(1500)
  })

  test('is until the date that the provider gives', async () => {
    const date = new Date(Date.now() + 60_000).toUTCString()
    const waitMs = (await failureOf(rateLimited(date))).failure.retryAfterMs
    expect(waitMs).toBeGreaterThan(40_000)
    expect(waitMs).toBeLessThanOrEqual(60_000)
  })

  test('is never longer than a quarter of an hour, and a few seconds where nothing is said', async () => {
    expect((await failureOf(rateLimited(86_400))).failure.retryAfterMs).toBe(900_000)
    const unsaid = (await failureOf(status(529))).failure.retryAfterMs
    expect(unsaid).toBeGreaterThanOrEqual(5_000)
    expect(unsaid).toBeLessThanOrEqual(10_000)
  })
})

describe('a connection', () => {
  test('that is silent is given up after the timeout', async () => {
    const { failure } = await failureOf(hang(), { timeoutMs: 200 })
    expect(failure.kind).toBe('transient')
    expect(failure.message).toContain('0.2 seconds')
  })

  test('that stops in the middle of an answer is given up too', async () => {
    const { failure } = await failureOf(stall(), { timeoutMs: 200 })
    expect(failure.kind).toBe('transient')
    expect(failure.message).toContain('0.2 seconds')
  })

  test('that is reset is tried again another time', async () => {
    expect((await failureOf(reset())).failure.kind).toBe('transient')
  })

  test('that breaks in the middle of an answer gives none', async () => {
    expect((await failureOf(cut())).failure.kind).toBe('transient')
  })

  test('that nobody takes is tried again another time', async () => {
    const options = { apiKey: 'k', model: 'haiku', timeoutMs: 1_000 }
    const reviewer = createAnthropicReviewer({ ...options, baseUrl: 'http://127.0.0.1:1' })
    await expect(reviewer.ask(await somePrompt(), never)).rejects.toMatchObject({
      kind: 'transient',
    })
  })
})

test('a caller who calls off gets their own reason, and the connection is closed', async () => {
  const { api, reviewer } = await reviewerOf(hang())
  const controller = new AbortController()
  const asked = reviewer.ask(await somePrompt(), controller.signal)
  await api.waitForCalls(1)
  controller.abort(new Error('shutting down'))
  await expect(asked).rejects.toThrow('shutting down')
})

test('without a key nothing is sent', async () => {
  const api = await serveModel(approve())
  const options = { apiKey: undefined, model: 'haiku', timeoutMs: 1_000, baseUrl: api.url }
  const reviewer = createAnthropicReviewer(options)
  expect(reviewer.isReady).toBe(false)
  await expect(reviewer.ask(await somePrompt(), never)).rejects.toMatchObject({ kind: 'not_ready' })
  expect(api.calls).toHaveLength(0)
})
