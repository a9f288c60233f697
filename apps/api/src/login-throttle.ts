import { createHash } from 'node:crypto'
import type { LoginThrottle } from '@countersign/core/ports'
import type { RateLimiters } from '@countersign/queue/rate-limiter'
import { rateLimited } from './plugins/limit-rate.ts'

const windowS = 15 * 60

/**
 * Counts failed logins: ten per address and account, so that guessing ends; a hundred per account, so
 * that nobody locks another one out from elsewhere with a few.
 */
export async function createLoginThrottle(limiters: RateLimiters): Promise<LoginThrottle> {
  const pairs = await limiters.create({ name: 'login-pair', points: 10, windowS })
  const accounts = await limiters.create({ name: 'login-account', points: 100, windowS })

  return {
    async refuseSpent(address, email) {
      const account = keyOf(email)
      const spent =
        (await pairs.isSpent(`${address}|${account}`)) ?? (await accounts.isSpent(account))
      if (spent) throw rateLimited(spent.retryAfterMs)
    },

    async countFailure(address, email) {
      const account = keyOf(email)
      await Promise.all([pairs.consume(`${address}|${account}`), accounts.consume(account)])
    },
  }
}

/** Of bounded length, whatever somebody types. */
function keyOf(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('base64url').slice(0, 22)
}
