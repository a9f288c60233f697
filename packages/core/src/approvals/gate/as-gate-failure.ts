import { ServiceError } from '../../errors.ts'

/** The gate fails closed: whatever goes wrong inside of it is this one refusal. */
export function asGateFailure(cause: unknown): ServiceError {
  if (cause instanceof ServiceError) return cause
  const detail = 'approval gate failed'
  return new ServiceError('gate_failed', { detail, members: { error: detail }, cause })
}
