import type { ReviewerFailure, ReviewPrompt } from '@countersign/core/reviews/reviewer'
import { type MessagesApi, startMessagesApi } from '@countersign/demo/messages-api'
import type { Reply } from '@countersign/demo/model-replies'
import { createAnthropicReviewer } from '@countersign/reviewer/anthropic-reviewer'
import { expect, onTestFinished } from 'vitest'
import { prepare } from './review-fixtures.ts'

/** A Messages API that answers by `script` until the test ends. */
export async function serveModel(
  script: Reply,
  options: { batchPolls?: number } = {},
): Promise<MessagesApi> {
  const api = await startMessagesApi({ script, ...options })
  onTestFinished(() => api.close())
  return api
}

/** A reviewer that asks such a server. */
export async function reviewerOf(
  script: Reply,
  options: { model?: string; timeoutMs?: number } = {},
) {
  const api = await serveModel(script)
  const settings = { apiKey: 'sk-test', model: 'haiku', timeoutMs: 5_000, ...options }
  return { api, reviewer: createAnthropicReviewer({ ...settings, baseUrl: api.url }) }
}

/** A signal that calls nothing off. */
export const never = new AbortController().signal

/** The one prompt of a small bundle. */
export async function somePrompt(): Promise<ReviewPrompt> {
  const { prompts } = await prepare({ 'SKILL.md': 'Read the tide table.\n' })
  const [prompt] = prompts
  if (!prompt) throw new Error('There is always a first prompt.')
  return prompt
}

/** The failure of a question; the test fails if there is an answer. */
export async function failureOf(script: Reply, options: { timeoutMs?: number } = {}) {
  const { api, reviewer } = await reviewerOf(script, options)
  const failure: ReviewerFailure = await reviewer.ask(await somePrompt(), never).then(
    () => expect.unreachable('an answer was given'),
    (error) => error,
  )
  expect(failure.name).toBe('ReviewerFailure')
  return { failure, calls: api.calls.length }
}
