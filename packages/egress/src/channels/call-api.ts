import type { ChannelOutcome } from '@countersign/core/notices/channels'
import { admit } from '../guard/admit.ts'
import type { Target } from '../guard/target.ts'
import { type Incoming, request } from '../http/request.ts'

export interface ApiCall {
  target: Target
  op: string
  /** What it is about, for the record. */
  about: string
  method?: 'GET' | 'POST' | 'PATCH'
  url: string
  headers?: Readonly<Record<string, string>>
  body?: unknown
  signal: AbortSignal
}

const timeoutMs = 10_000

/** An answer of an API, read as JSON where it is. */
export interface ApiAnswer {
  status: number
  isOk: boolean
  json: Readonly<Record<string, unknown>>
}

export type ApiOutcome =
  | Exclude<ChannelOutcome, { kind: 'sent' }>
  | ({ kind: 'answered' } & ApiAnswer)

/**
 * Calls an API of the outside, if the write guard admits it, before anything else happens. Throws only
 * when it is called off. No error tells the address: it may hold a secret.
 */
export async function callApi(call: ApiCall): Promise<ApiOutcome> {
  const { target, op, about, method = 'POST', url, headers, body, signal } = call
  const [isAllowed, reason] = admit(target, op, about)
  if (!isAllowed) return { kind: 'blocked', reason }
  try {
    const answer = await request({
      method,
      url: new URL(url),
      timeoutMs,
      signal,
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    return { kind: 'answered', ...read(answer) }
  } catch (error) {
    signal.throwIfAborted()
    return { kind: 'failed', error: error instanceof Error ? error.message : String(error) }
  }
}

/** What came of a call whose status says whether it was heard. `readRef`: what the message is called there. */
export function toOutcome(
  outcome: ApiOutcome,
  channel: string,
  readRef: (json: ApiAnswer['json']) => string | null = () => null,
): ChannelOutcome {
  if (outcome.kind !== 'answered') return outcome
  if (outcome.isOk) return { kind: 'sent', ref: readRef(outcome.json) }
  return { kind: 'failed', error: `${channel} answered ${outcome.status}.` }
}

function read({ status, text }: Incoming): ApiAnswer {
  const isOk = status >= 200 && status < 300
  try {
    const json: unknown = JSON.parse(text)
    return { status, isOk, json: typeof json === 'object' && json !== null ? { ...json } : {} }
  } catch {
    return { status, isOk, json: {} }
  }
}
