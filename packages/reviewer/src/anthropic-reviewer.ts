import { parseAnswer } from '@countersign/core/reviews/parse-answer'
import type { Reviewer } from '@countersign/core/reviews/reviewer'
import { createAsker } from './ask-model.ts'
import { estimateCostUsd } from './build-request.ts'
import type { ProviderOptions } from './connect.ts'

/** A reviewer of bundles that asks Anthropic's Messages API, or a gateway that speaks it. */
export function createAnthropicReviewer(options: ProviderOptions): Reviewer {
  const { model, isReady, ask } = createAsker(options)
  return {
    model: model.id,
    isReady,
    isPriceKnown: model.isKnown,
    promptTokensMax: model.promptTokensMax,
    estimateCostUsd: (prompt) => estimateCostUsd(prompt, model, { isBatch: false }),
    ask: (prompt, signal) => ask(prompt, (given) => parseAnswer(given, prompt.receipt), signal),
  }
}
