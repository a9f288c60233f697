import { ServiceError } from '@countersign/core/errors'
import type { SendOutcome, WebhookSender } from '@countersign/core/webhooks/webhook-sender'
import { admit } from '../guard/admit.ts'
import { targetOf } from '../guard/target.ts'
import { request } from '../http/request.ts'
import { type Resolve, resolveHost, UnsafeUrl } from '../http/resolve-host.ts'
import { readRetryAfter } from '../http/retry-after.ts'

export interface WebhookSenderOptions {
  /** Whether addresses inside our own network may be called. */
  allowPrivate: boolean
  timeoutMs?: number
  resolve?: Resolve
}

/** Patience with the meaning of a name. */
const lookupMs = 5_000

/**
 * Carries webhooks out. The name is resolved for every message, the address judged, and the connection
 * made to that very address: a name that changes its meaning in between leads nowhere else.
 */
export function createWebhookSender({
  timeoutMs = 20_000,
  ...place
}: WebhookSenderOptions): WebhookSender {
  const find = (url: URL) => Promise.race([resolveHost(url, place), refuseAfter(lookupMs)])
  return {
    async requireSafe(text) {
      const url = parseUrl(text)
      try {
        await find(url)
      } catch (error) {
        // A name that means nothing yet is judged anew with every message.
        if (error instanceof UnsafeUrl) throw unsafe(error.message)
      }
    },

    async send({ url: text, headers, body, deliveryId }, signal): Promise<SendOutcome> {
      const [isAllowed, reason] = admit(targetOf('webhook', text), 'deliver', deliveryId)
      if (!isAllowed) return { kind: 'blocked', reason }
      try {
        const url = parseUrl(text)
        const address = await find(url)
        const answer = await request({
          method: 'POST',
          url,
          headers,
          body,
          timeoutMs,
          address,
          signal,
        })
        const retryAfterMs = readRetryAfter(answer.headers)
        return { kind: 'answered', status: answer.status, retryAfterMs }
      } catch (error) {
        signal.throwIfAborted()
        return { kind: 'unreachable', error: describe(error) }
      }
    },
  }
}

function parseUrl(text: string): URL {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) throw unsafe('Only http and https are called.')
  if (url.username || url.password) throw unsafe('The URL holds credentials.')
  return url
}

function unsafe(detail: string): ServiceError {
  return new ServiceError('unsafe_url', { detail })
}

function refuseAfter(ms: number): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  setTimeout(reject, ms, new Error(`The name meant nothing within ${ms / 1000} s.`)).unref()
  return promise
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && !error.message ? String(error.code) : error.message
}
