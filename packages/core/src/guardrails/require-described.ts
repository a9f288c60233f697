import { ServiceError } from '../errors.ts'

/** Refuses a description that says nothing, by the measure that the content check applies to bundles. */
export function requireDescribed(description: string): void {
  const words = new Set(description.toLowerCase().match(/[\p{L}\p{N}]+/gu))
  if (description.trim().length >= 60 && words.size >= 5) return
  const message = 'needs 60 characters and 5 different words at least'
  throw new ServiceError('validation_failed', {
    detail: `The description ${message}.`,
    members: { errors: [{ path: 'description', message }] },
  })
}
