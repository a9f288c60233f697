import { ServiceError } from '@countersign/core/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import { isKnown } from '../etag.ts'
import type { Api } from '../router.ts'
import { type ConsoleFile, type ConsoleFiles, readConsole } from './console-files.ts'

const config = { access: 'anyone', gate: 'none' } as const
const schema = { hide: true } as const

/**
 * What the console may do in a browser: run and show what we serve, talk to us, and nothing else. No
 * inline script, no style element, no frame, no request to anybody else; no text becomes code or HTML.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types countersign',
].join('; ')

/** The web console: one page that finds its way by the path, and the files it is made of. */
export function consoleRoutes(app: Api, _services: Services): void {
  let reading: Promise<ConsoleFiles> | undefined
  const read = () => {
    reading ??= readConsole()
    return reading
  }
  const serve = async (request: FastifyRequest, reply: FastifyReply, path: string) => {
    const files = await read()
    const file = files.get(path) ?? (isAsset(path) ? undefined : files.get('index.html'))
    if (!file) throw new ServiceError('not_found', files.size === 0 ? notBuilt : {})
    return sendFile(file, request, reply)
  }

  app.get('/', {
    config,
    schema,
    handler: async (_request, reply) => reply.redirect('/console', 302),
  })
  app.get('/console', {
    config,
    schema,
    handler: (request, reply) => serve(request, reply, 'index.html'),
  })
  app.get('/console/*', {
    config,
    schema: { ...schema, params: z.object({ '*': z.string() }) },
    handler: (request, reply) => serve(request, reply, request.params['*']),
  })
}

const notBuilt = { detail: 'The console was not built. `npm start` builds it.' }

/** What is asked for by a name is there or is not; any other path is a page. */
function isAsset(path: string): boolean {
  return path.startsWith('assets/')
}

async function sendFile(
  file: ConsoleFile,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const maxAge = file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache'
  void reply
    .header('content-security-policy', contentSecurityPolicy)
    .header('cache-control', maxAge)
    .header('etag', file.etag)
    .header('vary', 'accept-encoding')
  if (isKnown(request, file.etag)) return reply.code(304).send()
  const { encoding, bytes } = await file.encode(String(request.headers['accept-encoding'] ?? ''))
  if (encoding) void reply.header('content-encoding', encoding)
  return reply.type(file.type).send(bytes)
}
