import { ServiceError } from '@countersign/core/errors'
import type { RateLimiter } from '@countersign/queue/rate-limiter'
import type { FastifyInstance } from 'fastify'

/** Counts the requests of each principal, and asks for patience where they are too many. */
export function limitRate(app: FastifyInstance, { limiter }: { limiter: RateLimiter | undefined }) {
  if (!limiter) return
  app.addHook('onRequest', async (request) => {
    if (!request.caller) return
    const refusal = await limiter.consume(request.caller.id)
    if (refusal) throw rateLimited(refusal.retryAfterMs)
  })
}

/** The failure that tells when to come back. */
export function rateLimited(retryAfterMs: number): ServiceError {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000))
  return new ServiceError('rate_limited', {
    detail: `Try again in ${seconds} s.`,
    members: { retry_after_s: seconds },
  })
}
