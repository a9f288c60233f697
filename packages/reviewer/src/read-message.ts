import type { Usage } from '@countersign/core/reviews/assessment'
import { ReviewerFailure } from '@countersign/core/reviews/reviewer'
import { z } from 'zod'
import { toolName } from './build-request.ts'
import { type Model, priceOf } from './models.ts'

const count = z.number().nonnegative().nullish()

/** What we read of a message. The SDK checks nothing of what a server sends. */
const Message = z.object({
  model: z.string().optional(),
  stop_reason: z.string().nullish(),
  content: z.array(
    z.object({
      type: z.string(),
      text: z.string().optional(),
      name: z.string().optional(),
      input: z.unknown().optional(),
    }),
  ),
  usage: z
    .object({
      input_tokens: count,
      output_tokens: count,
      cache_read_input_tokens: count,
      cache_creation_input_tokens: count,
    })
    .optional(),
})
type Message = z.infer<typeof Message>

interface ReadOptions<Assessment> {
  /** Reads an answer, or says why it is none. */
  parse(given: string | object): { assessment: Assessment } | { problem: string }
  model: Model
  isBatch: boolean
  requestId: string | null
}

/**
 * Reads the assessment out of a message, or throws a `ReviewerFailure` of the kind `no_answer` that
 * carries what the message cost.
 *
 * Only a message that came to its own end, and holds exactly one whole answer, counts.
 */
export function readMessage<Assessment>(
  given: unknown,
  { parse, model, isBatch, requestId }: ReadOptions<Assessment>,
): { assessment: Assessment; usage: Usage; model: string } {
  const parsed = Message.safeParse(given)
  if (!parsed.success) throw new ReviewerFailure('no_answer', 'The reply is not a message.')
  const message = parsed.data
  const usage = readUsage(message, { model, isBatch })
  const spent = { usage, ...(requestId && { requestId }) }
  const stop = explainStop(message.stop_reason)
  if (stop) throw new ReviewerFailure('no_answer', stop, spent)
  const answer = parse(findAnswer(message))
  if ('problem' in answer) throw new ReviewerFailure('no_answer', answer.problem, spent)
  return { assessment: answer.assessment, usage, model: message.model ?? model.id }
}

/** Why a message that stopped in this way is no answer; `undefined` if it may be one. */
function explainStop(reason: string | null | undefined): string | undefined {
  switch (reason) {
    case 'end_turn':
    case 'tool_use':
      return undefined
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'The answer was cut off.'
    case 'refusal':
      return 'The model refused to answer.'
    default:
      return `The model stopped for another reason: ${reason ?? 'none'}.`
  }
}

/** The answer of a message: the input of the one call of our tool, or else all of its text. */
function findAnswer({ content }: Message): string | object {
  const [call, another] = content.filter(({ type }) => type === 'tool_use')
  const isOurs = call?.name === toolName && !another
  if (isOurs && typeof call.input === 'object' && call.input) return call.input
  if (call) return ''
  return content
    .filter(({ type }) => type === 'text')
    .map(({ text }) => text ?? '')
    .join('')
}

function readUsage({ usage }: Message, options: { model: Model; isBatch: boolean }): Usage {
  const tokens = {
    inputTokens: usage?.input_tokens ?? 0,
    outputTokens: usage?.output_tokens ?? 0,
    cacheReadTokens: usage?.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage?.cache_creation_input_tokens ?? 0,
  }
  return { ...tokens, costUsd: priceOf(options.model, tokens, options) }
}
