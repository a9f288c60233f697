import { ServiceError } from '@countersign/core/errors'
import type { FastifyInstance } from 'fastify'
import { invalid } from '../problem.ts'

/**
 * Refuses text that cannot be kept, in whatever part of a request but a JSON body, whose reader does it:
 * such a query or field is not valid, and such a path names nothing.
 */
export function refuseUnkeepable(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ params, query, form }) => {
    if (findFlaw(params)) throw new ServiceError('not_found')
    const sent = Object.entries({ ...(query as object), ...form?.fields })
    const errors = sent.flatMap(([path, value]) => {
      const message = findFlaw([path, value])
      return message ? [{ path, message }] : []
    })
    if (errors.length > 0) throw invalid(errors)
  })
}

/** Why a value cannot be kept: PostgreSQL knows no NUL, and takes no half of a character for one. */
export function findFlaw(value: unknown): string | undefined {
  for (const text of textsIn(value)) {
    if (text.includes('\0')) return 'holds a NUL'
    if (!text.isWellFormed()) return 'holds half of a character'
  }
  return undefined
}

/** However deep a value is, no call waits for another. */
function* textsIn(value: unknown): Generator<string> {
  const left = [value]
  for (const each of left) {
    if (typeof each === 'string') yield each
    else for (const [name, member] of Object.entries(each ?? {})) left.push(name, member)
  }
}
