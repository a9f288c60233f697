import { type Anthropic, BadRequestError } from '@anthropic-ai/sdk'
import type { Answer, ReviewPrompt } from '@countersign/core/reviews/reviewer'
import { ReviewerFailure } from '@countersign/core/reviews/reviewer'
import { type AnswerMode, buildRequest, isTooLarge } from './build-request.ts'
import { connect, type ProviderOptions, withDeadline } from './connect.ts'
import { findModel, type Model } from './models.ts'
import { readMessage } from './read-message.ts'

/** Puts one question at a time to one model. */
export interface Asker {
  model: Model
  isReady: boolean
  /** Throws a `ReviewerFailure` where there is no answer that `parse` can read. */
  ask<Assessment>(
    prompt: ReviewPrompt,
    parse: (given: string | object) => { assessment: Assessment } | { problem: string },
    signal: AbortSignal,
  ): Promise<Omit<Answer, 'assessment'> & { assessment: Assessment }>
}

/**
 * Asks Anthropic's Messages API, or a gateway that speaks it.
 *
 * It asks for structured output. Where a gateway does not know it, the same question is put once more
 * as a forced tool call, and from then on all questions are.
 */
export function createAsker(options: ProviderOptions): Asker {
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
    model,
    isReady: client !== undefined,

    async ask(prompt, parse, signal) {
      if (!client) throw new ReviewerFailure('not_ready', 'There is no key for the reviewer model.')
      if (isTooLarge(prompt, model)) {
        throw new ReviewerFailure('rejected', 'The prompt is too large for the model.')
      }
      const startedAt = performance.now()
      const limits = { signal, timeoutMs: options.timeoutMs }
      const { message, requestId } = await withDeadline(limits, (calledOff) =>
        sendInKnownMode(client, prompt, calledOff),
      )
      const durationMs = Math.round(performance.now() - startedAt)
      const answer = readMessage(message, { parse, model, isBatch: false, requestId })
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
