import { codeOf } from '@countersign/core/code-of'
import { ServiceError } from '@countersign/core/errors'

const codes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS'])
/** Somebody has to make room first. */
const retryAfterS = 60

/** A disk that is full, in terms that a client is meant to see; any other failure as it is. */
export function explainNoRoom(error: unknown): unknown {
  if (!codes.has(codeOf(error))) return error
  const detail = 'There is no room to store a bundle.'
  return new ServiceError('unavailable', {
    detail,
    members: { retry_after_s: retryAfterS },
    cause: error,
  })
}
