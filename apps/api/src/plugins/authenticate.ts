import { ServiceError } from '@countersign/core/errors'
import { type Caller, requireAdmin } from '@countersign/core/identity/caller'
import { csrfTokenOf, hashSecretToken, isSameSecret } from '@countersign/core/identity/secret-token'
import type { Reads } from '@countersign/core/reads'
import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { changesSomething } from './require-gate.ts'

/** Who may call a route. An agent is a caller, but never a person. */
export type Access = 'anyone' | 'caller' | 'person' | 'admin'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
    /** The session's CSRF token, if the caller came with the cookie. */
    csrfToken: string | null
  }
  interface FastifyContextConfig {
    access?: Access
  }
}

export const sessionCookie = 'countersign_session'

/**
 * Finds out who asks before anything else is looked at. Every route says who may call it; one that
 * does not stops the boot.
 */
export async function authenticate(
  app: FastifyInstance,
  { reads }: { reads: Pick<Reads, 'findCaller'> },
) {
  await app.register(cookie)
  app.decorateRequest('caller')
  app.decorateRequest('csrfToken', null)

  app.addHook('onRoute', ({ method, url, config }) => {
    if (!config?.access) throw new Error(`${method} ${url} does not say who may call it.`)
  })

  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return
    const access = request.routeOptions.config.access ?? 'admin'
    if (access === 'anyone') return
    // A cache on the way that knows nothing of cookies would give it to the next one who asks.
    void reply.header('cache-control', 'private, no-cache')
    await identify(request, reads)
    if (access === 'admin') requireAdmin(request.caller)
    if (access === 'person' && request.caller.kind !== 'user') {
      throw new ServiceError('forbidden', { detail: 'Only a person may do this, not an agent.' })
    }
  })
}

async function identify(request: FastifyRequest, reads: Pick<Reads, 'findCaller'>): Promise<void> {
  const credentials = readCredentials(request)
  const found = credentials && (await reads.findCaller(hashSecretToken(credentials.token)))
  if (!credentials || !found) throw new ServiceError('unauthenticated')
  request.caller = found.caller
  if (!credentials.isCookie) return
  request.csrfToken = csrfTokenOf(credentials.token)
  refuseForgery(request, request.csrfToken)
}

/** The token that the caller came with. */
export function readToken(request: FastifyRequest): string {
  return readCredentials(request)?.token ?? ''
}

/** A bearer token; or git's basic authentication, with the token as the password; or the cookie. */
function readCredentials(
  request: FastifyRequest,
): { token: string; isCookie: boolean } | undefined {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ')
  if (scheme.toLowerCase() === 'bearer' && value) return { token: value, isCookie: false }
  if (scheme.toLowerCase() === 'basic') {
    const [, token = ''] = Buffer.from(value, 'base64').toString().split(/:(.*)/s)
    return { token, isCookie: false }
  }
  const cookie = request.cookies[sessionCookie]
  return cookie ? { token: cookie, isCookie: true } : undefined
}

/** Another site can make a browser send the cookie, but cannot read the token that must go with it. */
function refuseForgery(request: FastifyRequest, csrfToken: string): void {
  if (!changesSomething(request.method)) return
  const sent = request.headers['x-csrf-token']
  if (typeof sent === 'string' && isSameSecret(sent, csrfToken)) return
  throw new ServiceError('forbidden', { detail: 'The header x-csrf-token is missing or wrong.' })
}
