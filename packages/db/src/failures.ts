import { DrizzleQueryError } from 'drizzle-orm'
import { postgres } from './driver.ts'

/** The constraint that a failed statement broke; `undefined` if it failed for another reason. */
export function brokenConstraint(error: unknown): string | undefined {
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  return cause instanceof postgres.PostgresError ? cause.constraint_name : undefined
}
