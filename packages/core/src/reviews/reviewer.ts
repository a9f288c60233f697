import type { Id } from '../ids.ts'
import type { Assessment, Usage } from './assessment.ts'

/** One question to the model. Its answer counts only if it repeats `receipt`. */
export interface ReviewPrompt {
  /** Our instructions. Nothing that a submitter controls stands in them. */
  system: string
  /** The part of the bundle, inside its fence. */
  user: string
  receipt: string
  /** Names what is asked, whatever the fence and the receipt: 18 characters of base64url. */
  key: string
  /** The JSON Schema of the answer, which demands the receipt. */
  schema: Record<string, unknown>
}

export interface Answer {
  assessment: Assessment
  usage: Usage
  model: string
  /** The provider's name for the call, for a support case. */
  requestId: string | null
  durationMs: number
}

/** Why there is no answer, and so what becomes of the review. */
export type ReviewerFailureKind =
  /** No key, or one that is refused: the review is held until an admin retries it. */
  | 'not_ready'
  /** Asked to wait (429, 529): every worker waits, and no attempt is used up. */
  | 'busy'
  /** A server error, a timeout, a reset: tried again after a pause that grows. */
  | 'transient'
  /** The request was understood and refused for good: the review fails at once. */
  | 'rejected'
  /** Something came, but it is no verdict: not JSON, cut off, refused, an unknown word, no receipt. */
  | 'no_answer'

export class ReviewerFailure extends Error {
  override readonly name = 'ReviewerFailure'
  readonly kind: ReviewerFailureKind
  /** How long the provider asks to be left alone. Only for `busy`. */
  readonly retryAfterMs: number | undefined
  /** What an unusable answer cost all the same. */
  readonly usage: Usage | undefined
  readonly requestId: string | undefined

  constructor(
    kind: ReviewerFailureKind,
    message: string,
    options: { retryAfterMs?: number; usage?: Usage; requestId?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.kind = kind
    this.retryAfterMs = options.retryAfterMs
    this.usage = options.usage
    this.requestId = options.requestId
  }
}

/** A model, and what there is to know before it is asked. */
export interface ReviewModel {
  /** The model's full id. */
  readonly model: string
  /** Whether there is a key to ask with. */
  readonly isReady: boolean
  /** Whether we know what the model costs. If not, its cost is estimated at the dearest. */
  readonly isPriceKnown: boolean
  /** How many tokens one prompt may hold, our instructions included. */
  readonly promptTokensMax: number
  /** What asking would cost at most, so that a budget can be kept before it is spent. */
  estimateCostUsd(prompt: ReviewPrompt): number
}

/** The model that reads bundles. */
export interface Reviewer extends ReviewModel {
  /**
   * Asks once. Throws a `ReviewerFailure` where there is no usable answer; never gives half of one.
   * Throws the signal's own reason where the caller called it off.
   */
  ask(prompt: ReviewPrompt, signal: AbortSignal): Promise<Answer>
}

/** A question in a batch, and whose it is. */
export interface BatchItem {
  submissionId: Id
  prompt: ReviewPrompt
}

/** Names a prompt of a review, across batches and restarts. */
export interface BatchItemId {
  submissionId: Id
  /** The `key` of its prompt. */
  key: string
}

/** What became of one question of a batch. */
export type BatchResult = { id: BatchItemId } & (
  | { answer: Answer; failure?: undefined }
  | { failure: ReviewerFailure; answer?: undefined }
)

/**
 * The same model at half the price, for those who can wait: a day at most, mostly less than an hour.
 *
 * The id of a batch is all that has to be kept: results tell by themselves whose they are and prove
 * that they answer the prompt that was sent.
 */
export interface BatchReviewer extends ReviewModel {
  /** How many items, and how many bytes of prompts, one batch takes. */
  readonly limits: { itemsMax: number; bytesMax: number }
  /** Hands a batch in and gives its id. Throws a `ReviewerFailure` if it was not taken. */
  submit(items: readonly BatchItem[], signal: AbortSignal): Promise<string>
  /** Whether all items have come to an end. */
  poll(batchId: string, signal: AbortSignal): Promise<{ hasEnded: boolean }>
  /** Gives every item of a batch that has ended, in any order. An item that cannot be told is left out. */
  results(batchId: string, signal: AbortSignal): AsyncIterable<BatchResult>
}
