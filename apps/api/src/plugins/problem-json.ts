import { ServiceError } from '@countersign/core/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { toProblem } from '../problem.ts'

const soonS = 5

/** Makes every failure a problem document, and logs the ones that are ours. */
export function answerProblems(app: FastifyInstance) {
  app.setErrorHandler(async (error, request, reply) => {
    const { isGate = false } = request.routeOptions.config
    const problem = toProblem(error, request.id, { isGate })
    if (problem.status >= 500) request.log.error({ err: error }, 'request failed')
    tellWhen(reply, problem)
    if (problem.status === 401 && isOfGit(request)) {
      void reply.header('www-authenticate', 'Basic realm="countersign"')
    }
    return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  })

  app.setNotFoundHandler(async () => {
    throw new ServiceError('not_found')
  })
}

/** Tells when to come again, wherever that may help: what does not say it has passed soon. */
export function tellWhen(
  reply: FastifyReply,
  refusal: { status: number; retry_after_s?: unknown },
) {
  const { status, retry_after_s: retryAfterS = status === 503 ? soonS : undefined } = refusal
  if (typeof retryAfterS === 'number') void reply.header('retry-after', retryAfterS)
}

/** Answers what no router can read: a path that is no path names nothing. */
export function answerUnroutable(_error: Error, request: FastifyRequest, reply: FastifyReply) {
  const problem = toProblem(new ServiceError('not_found'), request.id)
  void reply
    .code(problem.status)
    .header('x-request-id', request.id)
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}

/** git, and what speaks like it, only sends the password that it has after it was asked for one. */
function isOfGit({ url }: FastifyRequest): boolean {
  return url.startsWith('/marketplace.git/')
}
