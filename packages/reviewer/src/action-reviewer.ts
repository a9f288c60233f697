import type { ActionReviewer } from '@countersign/core/approvals/reviews/action-reviewer'
import { parseActionAnswer } from '@countersign/core/approvals/reviews/parse-action-answer'
import { createAsker } from './ask-model.ts'
import type { ProviderOptions } from './connect.ts'

/** A reviewer of single actions that asks the same API. */
export function createActionReviewer(options: ProviderOptions): ActionReviewer {
  const { model, isReady, ask } = createAsker(options)
  return {
    model: model.id,
    isReady,
    ask: (prompt, signal) =>
      ask(prompt, (given) => parseActionAnswer(given, prompt.receipt), signal),
  }
}
