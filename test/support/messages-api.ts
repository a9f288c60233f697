import { type MessagesApi, startMessagesApi } from '@countersign/demo/messages-api'
import type { Reply } from '@countersign/demo/model-replies'
import { createAnthropicReviewer } from '@countersign/reviewer/anthropic-reviewer'
import { onTestFinished } from 'vitest'

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
