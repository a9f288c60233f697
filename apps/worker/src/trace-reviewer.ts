import type { Reviewer } from '@countersign/core/reviews/reviewer'
import type { Tracing } from '@countersign/runtime/telemetry/tracing'

/** A reviewer whose questions show in the trace of the review that asks them. */
export function traceReviewer(reviewer: Reviewer, tracing: Tracing): Reviewer {
  if (!tracing.isOn) return reviewer
  const ask: Reviewer['ask'] = (prompt, signal) =>
    tracing.inSpan('ask model', async (note) => {
      note({ 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': reviewer.model })
      const answer = await reviewer.ask(prompt, signal)
      const { inputTokens, outputTokens } = answer.usage
      note({
        'gen_ai.response.model': answer.model,
        'gen_ai.usage.input_tokens': inputTokens,
        'gen_ai.usage.output_tokens': outputTokens,
      })
      return answer
    })
  return { ...reviewer, ask }
}
