import { createHash } from 'node:crypto'
import { isSkillFile } from '@countersign/bundles/intake/open-upload'
import { ServiceError } from '@countersign/core/errors'
import type {
  IdempotencyKeys,
  RepeatableRequest,
} from '@countersign/core/identity/idempotency-keys'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route makes something, and so may be repeated under an `Idempotency-Key`. */
    isRepeatable?: boolean
  }
  interface FastifyRequest {
    repeatable: (RepeatableRequest & { leaseId: string }) | undefined
  }
}

/** Longer than any request takes; after it, the sender of one that died may try again. */
const leaseMs = 120_000
const keptHeaders = ['content-type', 'location', 'etag'] as const

/** Answers a repeated request with the first response, and lets concurrent ones run once. */
export function honourIdempotencyKeys(app: FastifyInstance, { keys }: { keys: IdempotencyKeys }) {
  app.decorateRequest('repeatable')

  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string' || !request.routeOptions.config.isRepeatable) return
    const repeatable = describe(request, key)
    const claim = await keys.claim(repeatable, leaseMs)
    switch (claim.kind) {
      case 'first':
        request.repeatable = { ...repeatable, leaseId: claim.leaseId }
        return
      case 'mismatch':
        throw new ServiceError('idempotency_mismatch')
      case 'running':
        throw new ServiceError('idempotency_in_progress')
      case 'replay': {
        const { status, headers, body } = claim.response
        return reply
          .code(status)
          .headers({ ...headers, 'idempotent-replayed': 'true' })
          .serializer((payload: unknown) => payload as string)
          .send(Buffer.from(body))
      }
    }
  })

  app.addHook('onSend', async (request, reply, payload) => {
    if (request.repeatable) await settle(keys, request.repeatable, reply, payload)
    return payload
  })
}

/**
 * A failure of ours is no answer to repeat: the sender gets another try. Nor is a question to an
 * approver, which is put again once it is answered.
 */
async function settle(
  keys: IdempotencyKeys,
  { leaseId, ...repeatable }: RepeatableRequest & { leaseId: string },
  reply: FastifyReply,
  payload: unknown,
): Promise<void> {
  const { statusCode } = reply
  if (statusCode >= 500 || statusCode === 429 || statusCode === 202) {
    return keys.release(repeatable, leaseId)
  }
  const headers = keptHeaders.flatMap((name) => {
    const value = reply.getHeader(name)
    return value === undefined ? [] : [[name, String(value)] as const]
  })
  await keys.complete(repeatable, leaseId, {
    status: statusCode,
    headers: Object.fromEntries(headers),
    body: Buffer.from(typeof payload === 'string' ? payload : ''),
  })
}

/** Binds the key to the caller, the method, the path and what was sent; not to a form's boundary or a file's name. */
function describe(request: FastifyRequest, key: string): RepeatableRequest {
  if (key.length === 0 || key.length > 255) {
    throw new ServiceError('validation_failed', {
      detail: 'An Idempotency-Key has 1 to 255 characters.',
    })
  }
  const { form } = request
  const sent = form
    ? {
        fields: Object.entries(form.fields).sort(),
        file: form.upload?.sha256,
        isSkillFile: form.upload && isSkillFile(form.upload),
      }
    : request.body
  return {
    principalId: request.caller.id,
    key,
    method: request.method,
    path: request.url,
    requestHash: createHash('sha256')
      .update(JSON.stringify(sent ?? null))
      .digest('hex'),
  }
}
