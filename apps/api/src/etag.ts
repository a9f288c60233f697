import { ServiceError } from '@countersign/core/errors'
import type { FastifyRequest } from 'fastify'

/** The ETag of a revision. */
export function viewEtag(revision: number): string {
  return `"${revision}"`
}

/** The revision that a client says it saw; `undefined` if it does not say, or does not care. */
export function readIfMatch(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match']
  if (header === undefined || header === '*') return undefined
  const [, revision] = /^(?:W\/)?"(\d+)"$/.exec(header) ?? []
  if (revision === undefined) throw new ServiceError('precondition_failed')
  return Number(revision)
}
