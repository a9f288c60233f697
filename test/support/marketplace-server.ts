import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGitServer } from '@countersign/bundles/git/serve-git'
import { openMarketplaceZip } from '@countersign/bundles/marketplace/marketplace-zip'
import { createUrlCatalogue } from '@countersign/bundles/marketplace/url-catalogue'
import { findFreePort } from '@countersign/runtime/free-port'
import { onTestFinished } from 'vitest'
import type { Shop } from './served-marketplace.ts'

export interface MarketplaceServer {
  url: string
  /** What was asked for: `GET /marketplace.git/info/refs version=2`. */
  requests: string[]
}

/**
 * Serves the faces of a marketplace over HTTP: behind basic auth if a password is given, and with the
 * URLs of an origin in front of it, if there is one.
 */
export async function serveMarketplace(
  shop: Shop,
  { password, origin }: { password?: string | undefined; origin?: string } = {},
): Promise<MarketplaceServer> {
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const requests: string[] = []
  const answer = createFaces(shop, origin ?? url)
  const server = createServer(async (request, response) => {
    requests.push(
      `${request.method} ${request.url} ${request.headers['git-protocol'] ?? ''}`.trim(),
    )
    if (password && !isAllowed(request, password)) {
      return response.writeHead(401, { 'www-authenticate': 'Basic realm="countersign"' }).end()
    }
    await answer(request, response).catch((error) => response.destroy(error))
  })
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url, requests }
}

function isAllowed({ headers }: IncomingMessage, password: string): boolean {
  const [kind, value = ''] = (headers.authorization ?? '').split(' ')
  if (kind === 'Bearer') return value === password
  return kind === 'Basic' && Buffer.from(value, 'base64').toString().split(':')[1] === password
}

function createFaces(shop: Shop, origin: string) {
  const faces = [createGitFace(shop), createZipFace(shop), createUrlFace(shop, origin)]

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', origin)
    for (const face of faces) {
      if (await face(url, request, response)) return
    }
    response.writeHead(404).end()
  }
}

/** Answers a request, or says that it is not its own. */
type Face = (url: URL, request: IncomingMessage, response: ServerResponse) => Promise<boolean>

function createGitFace({ blobs, marketplace }: Shop): Face {
  const serveGit = createGitServer(blobs)
  return async ({ pathname, searchParams }, request, response) => {
    const path = pathname.match(/^\/marketplace\.git\/(.*)$/)?.[1]
    if (path === undefined) return false
    const { status, headers, body } = await serveGit(
      {
        method: request.method ?? '',
        path,
        service: searchParams.get('service') ?? undefined,
        protocol: header(request, 'git-protocol'),
        encoding: header(request, 'content-encoding'),
        body: request,
      },
      marketplace,
    )
    await pipeline(Readable.from(body), response.writeHead(status, headers))
    return true
  }
}

function createZipFace({ blobs, marketplace }: Shop): Face {
  return async ({ pathname }, _, response) => {
    if (pathname !== '/marketplace.zip') return false
    const zip = await openMarketplaceZip(blobs, marketplace)
    await pipeline(zip.stream(), response.writeHead(200, { 'content-length': zip.size }))
    return true
  }
}

function createUrlFace({ blobs, marketplace }: Shop, origin: string): Face {
  const describeUrls = createUrlCatalogue(blobs)
  const urlOf = ({ hash }: { hash: string }) => `${origin}/archives/${hash}.zip`
  return async ({ pathname }, _, response) => {
    if (pathname === '/.claude-plugin/marketplace.json') {
      response.end(await describeUrls(marketplace, urlOf))
      return true
    }
    const hash = pathname.match(/^\/archives\/([0-9a-f]{64})\.zip$/)?.[1]
    const blob = hash && (await blobs.find(hash))
    if (blob) await pipeline(blob.stream(), response.writeHead(200))
    return Boolean(blob)
  }
}

function header({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value.join(':') : value
}
