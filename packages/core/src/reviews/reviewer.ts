import type { Assessment, Usage } from './assessment.ts'

/** One question to the model. Its answer counts only if it repeats `receipt`. */
export interface ReviewPrompt {
  /** Our instructions. Nothing that a submitter controls stands in them. */
  system: string
  /** The part of the bundle, inside its fence. */
  user: string
  receipt: string
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

/** The model that reads bundles. */
export interface Reviewer {
  /** The model's full id. */
  readonly model: string
  /** Whether there is a key to ask with. */
  readonly isReady: boolean
  /** Asks once. Throws a `ReviewerFailure` where there is no usable answer; never gives half of one. */
  ask(prompt: ReviewPrompt, signal: AbortSignal): Promise<Answer>
}
