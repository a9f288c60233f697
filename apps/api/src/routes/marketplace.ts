import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGitServer } from '@countersign/bundles/git/serve-git'
import type { Marketplace } from '@countersign/bundles/marketplace/marketplace'
import { openMarketplaceZip } from '@countersign/bundles/marketplace/marketplace-zip'
import { personalMarketplace } from '@countersign/bundles/marketplace/personal-marketplace'
import { createUrlCatalogue } from '@countersign/bundles/marketplace/url-catalogue'
import type { Caller } from '@countersign/core/identity/caller'
import type { ServedVersion } from '@countersign/core/reads'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import { isKnown } from '../etag.ts'
import { type Api, media } from '../router.ts'

const tags = ['marketplace']
const config = { access: 'caller', gate: 'none' } as const
const uploadPack = 'application/x-git-upload-pack-request'

type Served = Omit<Marketplace, 'plugins'> & { plugins: readonly ServedVersion[] }

/** The caller's installs as a marketplace for Claude Code, in three forms. Only what is live. */
export function marketplaceRoutes(app: Api, services: Services): void {
  catalogueRoute(app, services)
  zipRoute(app, services)
  gitRoutes(app, services)
}

async function openMarketplace(services: Services, caller: Caller): Promise<Served> {
  const served = await services.reads.listServed(caller.personId)
  return personalMarketplace(services.config.MARKETPLACE_NAME, caller, served)
}

function catalogueRoute(app: Api, services: Services): void {
  const encode = createUrlCatalogue(services.blobs)
  app.get('/.claude-plugin/marketplace.json', {
    config,
    schema: {
      summary: 'The catalogue, with an archive and its SHA-256 for every plugin',
      tags,
      response: { 200: media('The catalogue.', 'application/json'), 304: z.null() },
    },
    handler: async (request, reply) => {
      const marketplace = await openMarketplace(services, request.caller)
      const origin = services.config.PUBLIC_URL ?? `${request.protocol}://${request.host}`
      const ids = new Map(marketplace.plugins.map(({ slug, entityId }) => [slug, entityId]))
      const text = await encode(marketplace, ({ slug, n }) => {
        const entity = `/api/store/entities/${ids.get(slug)}`
        return `${origin.replace(/\/$/, '')}${entity}/versions/${n}/bundle.zip`
      })
      if (isCurrent(reply, text)) return reply.code(304).send(null)
      void reply.type('application/json; charset=utf-8')
      return reply.serializer((body: unknown) => body as string).send(text)
    },
  })
}

function zipRoute(app: Api, services: Services): void {
  app.get('/marketplace.zip', {
    config,
    schema: {
      summary: 'The whole marketplace as one archive',
      tags,
      response: { 200: media('The archive.', 'application/zip'), 304: z.null() },
    },
    handler: async ({ caller }, reply) => {
      const marketplace = await openMarketplace(services, caller)
      if (isCurrent(reply, JSON.stringify(marketplace))) return reply.code(304).send(null)
      const { size, stream } = await openMarketplaceZip(services.blobs, marketplace)
      void reply.type('application/zip').header('content-length', size)
      return reply.serializer((body: unknown) => body as string).send(Readable.from(stream()))
    },
  })
}

function gitRoutes(app: Api, services: Services): void {
  const serve = createGitServer(services.blobs)
  // What git sends is not ours to parse.
  app.addContentTypeParser(uploadPack, (_request, payload, done) => done(null, payload))
  app.route({
    method: ['GET', 'POST'],
    url: '/marketplace.git/*',
    config,
    schema: { hide: true, params: z.object({ '*': z.string() }) },
    handler: async (request, reply) => {
      const { headers, method, params } = request
      const { service } = request.query as { service?: string }
      const marketplace = await openMarketplace(services, request.caller)
      const response = await serve(
        {
          method,
          path: params['*'],
          service,
          protocol: readHeader(headers['git-protocol']),
          encoding: headers['content-encoding'],
          body: request.body as AsyncIterable<Uint8Array> | undefined,
        },
        marketplace,
      )
      void reply.code(response.status).headers(response.headers)
      return reply.send(Readable.from(response.body))
    },
  })
}

function readHeader(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(':') : header
}

/** Marks a response with the hash of what it is made of; says whether the client has that already. */
function isCurrent(reply: FastifyReply, content: string): boolean {
  const etag = `"${createHash('sha256').update(content).digest('base64url')}"`
  void reply.header('etag', etag).header('cache-control', 'private, no-cache')
  return isKnown(reply.request, etag)
}
