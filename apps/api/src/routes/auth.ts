import { LoginBody, LoginView, MeView, PasswordBody, viewMe } from '@countersign/contract/identity'
import { changePassword } from '@countersign/core/identity/change-password'
import { logIn, sessionTtlS } from '@countersign/core/identity/log-in'
import { logOut } from '@countersign/core/identity/log-out'
import { csrfTokenOf } from '@countersign/core/identity/secret-token'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import { readToken, sessionCookie } from '../plugins/authenticate.ts'
import { type Api, problems } from '../router.ts'

const loopback = new Set(['localhost', '127.0.0.1', '::1', '[::1]'])

export function authRoutes(app: Api, services: Services): void {
  logInRoute(app, services)
  logOutRoute(app, services)
  meRoutes(app, services)
}

function logInRoute(app: Api, { transact, loginThrottle }: Services): void {
  app.post('/api/auth/token', {
    config: { access: 'anyone', gate: 'none' },
    schema: {
      summary: 'Log in with a password',
      tags: ['identity'],
      security: [],
      body: LoginBody,
      response: { 200: LoginView, ...problems(401, 429, 503) },
    },
    handler: async (request, reply) => {
      const credentials = { ...request.body, address: request.ip }
      const { token, account } = await logIn({ transact, loginThrottle }, credentials)
      setCookie(request, reply, token)
      return {
        access_token: token,
        token_type: 'bearer' as const,
        expires_in: sessionTtlS,
        csrf_token: csrfTokenOf(token),
        user: { id: account.id, email: account.email, role: account.role },
      }
    },
  })
}

function logOutRoute(app: Api, { transact }: Services): void {
  app.post('/api/auth/logout', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'End the session',
      tags: ['identity'],
      response: { 204: z.null() },
    },
    handler: async (request, reply) => {
      await logOut({ transact }, { caller: request.caller, token: readToken(request) })
      return reply.clearCookie(sessionCookie, { path: '/' }).code(204).send(null)
    },
  })
}

function meRoutes(app: Api, services: Services): void {
  app.get('/api/me', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Who asks',
      tags: ['identity'],
      response: { 200: MeView },
    },
    handler: async ({ caller, csrfToken }) => viewMe(caller, csrfToken),
  })

  app.post('/api/me/password', {
    config: { access: 'person', gate: 'none' },
    schema: {
      summary: 'Change the own password',
      description: 'Ends every other session.',
      tags: ['identity'],
      body: PasswordBody,
      response: { 204: z.null() },
    },
    handler: async (request, reply) => {
      const { current_password: current, password } = request.body
      await changePassword(services, { caller: request.caller, current, password })
      const token = readToken(request)
      if (request.csrfToken) setCookie(request, reply, token)
      return reply.code(204).send(null)
    },
  })
}

/** `Secure` but where a browser would then not send it: plain http on the own machine. */
function setCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  const isPlainLoopback = request.protocol === 'http' && loopback.has(request.hostname)
  void reply.setCookie(sessionCookie, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: !isPlainLoopback,
    maxAge: sessionTtlS,
  })
}
