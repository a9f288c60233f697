import Anthropic from '@anthropic-ai/sdk'
import { ReviewerFailure } from '@countersign/core/reviews/reviewer'
import { requireAdmitted } from '@countersign/egress/guard/admit'
import { targetOf } from '@countersign/egress/guard/target'
import { explainFailure } from './explain-failure.ts'

export interface ProviderOptions {
  /** Without a key nothing is ever sent. */
  apiKey: string | undefined
  /** A gateway or test server in place of the provider. */
  baseUrl?: string | undefined
  /** An id, or `haiku`, `sonnet` or `opus`. */
  model: string
  /** Patience with one call, from its start to the last byte of the reply. */
  timeoutMs: number
}

/**
 * A client that does what it is told and nothing else: no retries, which are the queue's business, no
 * settings of its own from the environment, and nothing of a prompt in a log or a trace.
 */
export function connect({ apiKey, baseUrl, timeoutMs }: ProviderOptions): Anthropic | undefined {
  if (!apiKey) return undefined
  return new Anthropic({
    apiKey,
    baseURL: baseUrl ?? 'https://api.anthropic.com',
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
    openTelemetry: false,
    fetch: askGuarded,
  })
}

/** Nothing leaves for the provider that the write guard has not admitted, at the moment it leaves. */
const askGuarded: typeof fetch = async (input, init) => {
  const url = input instanceof Request ? input.url : String(input)
  requireAdmitted(targetOf('llm', url), init?.method ?? 'GET')
  return fetch(input, init)
}

/**
 * Runs a call that ends when the caller calls it off or the time is up, even in the middle of a reply.
 *
 * Throws the caller's own reason if it was the caller, and a `ReviewerFailure` for everything else.
 */
export async function withDeadline<Result>(
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted()
  const deadline = AbortSignal.timeout(timeoutMs)
  try {
    return await call(AbortSignal.any([signal, deadline]))
  } catch (error) {
    signal.throwIfAborted()
    if (!deadline.aborted) throw explainFailure(error)
    const text = `The provider did not answer within ${timeoutMs / 1000} seconds.`
    throw new ReviewerFailure('transient', text, { cause: error })
  }
}
