import { confirmationStatus } from '@countersign/core/approvals/confirmations/confirmation-status'
import { ApprovalStatus } from '@countersign/core/approvals/tickets/approval'
import type { ServiceError } from '@countersign/core/errors'
import { statusOf, toServiceError } from '../problem.ts'
import type { Api } from '../router.ts'
import { tellWhen } from './problem-json.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route refuses as the confirmation daemon does. */
    isDaemon?: true
  }
}

/**
 * Makes the routes of a scope read and refuse as the confirmation daemon does: a body that cannot be
 * read is none, and a refusal is `{error}`.
 */
export function speakAsDaemon(scope: Api): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, parse(String(body)))
  })
  scope.setErrorHandler(async (thrown, request, reply) => {
    const error = toServiceError(thrown)
    const status =
      error.kind === 'invalid' || error.kind === 'oversized' ? 400 : statusOf[error.kind]
    if (status >= 500) request.log.error({ err: thrown }, 'request failed')
    tellWhen(reply, { status, ...error.members })
    return reply
      .code(status)
      .type('application/json')
      .send(JSON.stringify(refusal(error)))
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refusal({ detail, members }: ServiceError) {
  const current = ApprovalStatus.safeParse(members.current_status)
  return { error: detail, ...(current.success && { status: confirmationStatus(current.data) }) }
}
