import { APIConnectionError, APIError } from '@anthropic-ai/sdk'
import { ReviewerFailure, type ReviewerFailureKind } from '@countersign/core/reviews/reviewer'
import { WriteBlocked } from '@countersign/egress/guard/admit'
import { readRetryAfter } from './retry-after.ts'

/**
 * Says what a failed call means for the review. Whatever was thrown becomes a `ReviewerFailure`.
 *
 * The message is fit for the submitter: the provider's own words, which may speak of our account, are
 * only in the cause.
 */
export function explainFailure(error: unknown): ReviewerFailure {
  if (error instanceof ReviewerFailure) return error
  if (error instanceof APIConnectionError && error.cause instanceof WriteBlocked) {
    return new ReviewerFailure('not_ready', error.cause.message, { cause: error })
  }
  if (error instanceof APIConnectionError) {
    return new ReviewerFailure('transient', 'The provider could not be reached.', { cause: error })
  }
  if (error instanceof APIError) return explainApiError(error)
  if (error instanceof SyntaxError) {
    return new ReviewerFailure('no_answer', 'The reply is not JSON.', { cause: error })
  }
  return new ReviewerFailure('transient', 'The call broke off.', { cause: error })
}

function explainApiError(error: APIError): ReviewerFailure {
  const kind = judgeStatus(error.status, error.type)
  const name = [error.status, error.type].filter(Boolean).join(' ')
  return new ReviewerFailure(kind, `${sentences[kind]} (${name}).`, {
    cause: error,
    ...(kind === 'busy' && { retryAfterMs: readRetryAfter(error.headers) }),
    ...(error.requestID && { requestId: error.requestID }),
  })
}

const sentences: Record<ReviewerFailureKind, string> = {
  not_ready: 'The provider does not accept the key',
  busy: 'The provider asks to wait',
  transient: 'The provider failed',
  rejected: 'The provider refused the request',
  no_answer: 'The provider gave no answer',
}

/** What a status means; without one, as inside of a batch, what the type of the error means. */
export function judgeStatus(
  status: number | undefined,
  type: string | null | undefined,
): ReviewerFailureKind {
  if (type === 'overloaded_error') return 'busy'
  const code = status ?? statusOf[type ?? ''] ?? 500
  if (code === 401 || code === 402 || code === 403) return 'not_ready'
  if (code === 429 || code === 529) return 'busy'
  if (code >= 500 || code === 408 || code === 409) return 'transient'
  return 'rejected'
}

const statusOf: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
}
