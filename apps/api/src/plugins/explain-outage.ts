import { ServiceError } from '@countersign/core/errors'

const retryAfterS = 5

/** The words of Node, of the driver and of PostgreSQL for a database that is away, and will be back. */
const away = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'],
  ...['CONNECT_TIMEOUT', 'CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED'],
  ...['08003', '08006', '57P01', '57P02', '57P03', '53300'],
])
/** Two who waited for each other, of whom the database let one go: what was asked for succeeds alone. */
const yielded = new Set(['40001', '40P01'])
/** The database's disk has no room. */
const full = '53100'

/**
 * What a client is told of a failure that passes without anybody changing the request: come again.
 * `undefined` for any other failure.
 */
export function explainOutage(error: unknown): ServiceError | undefined {
  const members = { retry_after_s: retryAfterS }
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? String(at.code) : ''
    if (code === full) {
      return new ServiceError('unavailable', {
        detail: 'There is no room left.',
        members,
        cause: error,
      })
    }
    if (away.has(code) || yielded.has(code))
      return new ServiceError('unavailable', { members, cause: error })
  }
  return undefined
}
