import { type Anthropic, BadRequestError } from '@anthropic-ai/sdk'
import {
  type Reviewer,
  ReviewerFailure,
  type ReviewPrompt,
} from '@countersign/core/reviews/reviewer'
import {
  type AnswerMode,
  buildRequest,
  countPromptTokens,
  estimateCostUsd,
} from './build-request.ts'
import { connect, type ProviderOptions, withDeadline } from './connect.ts'
import { findModel } from './models.ts'
import { readMessage } from './read-message.ts'

/**
 * A reviewer that asks Anthropic's Messages API, or a gateway that speaks it.
 *
 * It asks for structured output. Where a gateway does not know it, the same question is put once more
 * as a forced tool call, and from then on all questions are.
 */
export function createAnthropicReviewer(options: ProviderOptions): Reviewer {
  const model = findModel(options.model)
  const client = connect(options)
  let mode: AnswerMode = 'schema'

  async function send(client: Anthropic, prompt: ReviewPrompt, signal: AbortSignal) {
    const request = buildRequest(prompt, { model, mode })
    const { data, request_id } = await client.messages.create(request, { signal }).withResponse()
    return { message: data, requestId: request_id ?? null }
  }

  async function sendInKnownMode(client: Anthropic, prompt: ReviewPrompt, signal: AbortSignal) {
    try {
      return await send(client, prompt, signal)
    } catch (error) {
      if (mode === 'tool' || !isAboutStructuredOutput(error)) throw error
      mode = 'tool'
      return await send(client, prompt, signal)
    }
  }

  return {
    model: model.id,
    isReady: client !== undefined,
    isPriceKnown: model.isKnown,
    promptTokensMax: model.promptTokensMax,
    estimateCostUsd: (prompt) => estimateCostUsd(prompt, model, { isBatch: false }),

    async ask(prompt, signal) {
      if (!client) throw new ReviewerFailure('not_ready', 'There is no key for the reviewer model.')
      if (countPromptTokens(prompt) + model.answerTokensMax > model.contextTokens) {
        throw new ReviewerFailure('rejected', 'The prompt is too large for the model.')
      }
      const startedAt = performance.now()
      const limits = { signal, timeoutMs: options.timeoutMs }
      const { message, requestId } = await withDeadline(limits, (calledOff) =>
        sendInKnownMode(client, prompt, calledOff),
      )
      const durationMs = Math.round(performance.now() - startedAt)
      const { receipt } = prompt
      const answer = readMessage(message, { receipt, model, isBatch: false, requestId })
      return { ...answer, requestId, durationMs }
    },
  }
}

function isAboutStructuredOutput(error: unknown): boolean {
  return (
    error instanceof BadRequestError &&
    /output_config|output_format|json_schema|structured.?output/i.test(error.message)
  )
}
