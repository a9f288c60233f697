import { ServiceError } from '../../errors.ts'

/** Gives a reason without the spaces around it. Four spaces are no reason. */
export function requireReason(reason: string): string {
  const trimmed = reason.trim()
  if (trimmed.length >= 4) return trimmed
  throw new ServiceError('validation_failed', {
    detail: 'A reason of at least 4 characters is needed.',
    members: { errors: [{ path: 'reason', message: 'needs at least 4 characters' }] },
  })
}
