import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Registry } from './metrics.ts'

/**
 * Serves a process that has no HTTP of its own to those who watch it: `/metrics` for Prometheus, and
 * `/health`, which is 503 while `isWell` says no. Gives the port, for 0 stands for any.
 */
export async function serveMetrics({
  port,
  host,
  registry,
  isWell,
}: {
  port: number
  host: string
  registry: Registry
  isWell(): boolean
}): Promise<{ port: number; close(): Promise<void> }> {
  const answer = async (path: string) => {
    if (path === '/metrics') {
      return { status: 200, type: registry.contentType, body: await registry.metrics() }
    }
    if (path !== '/health') return { status: 404, type: 'text/plain', body: 'Not found.\n' }
    const [status, word] = isWell() ? [200, 'ok'] : [503, 'failing']
    return { status, type: 'application/json', body: JSON.stringify({ status: word }) }
  }
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0] ?? ''
    const { status, type, body } = await answer(path)
    response.writeHead(status, { 'content-type': type })
    response.end(body)
  })
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
