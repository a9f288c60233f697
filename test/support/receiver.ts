import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** What somebody sent us. */
export interface Heard {
  method: string
  path: string
  headers: IncomingHttpHeaders
  text: string
}

export interface Reply {
  status?: number
  headers?: Record<string, string>
  body?: unknown
}

export interface Receiver {
  url: string
  heard: Heard[]
  /** Waits until so much was heard, and gives it. */
  untilHeard(count: number): Promise<Heard[]>
}

/** A server of the test's own that keeps what it hears, and answers as it is told to. */
export async function startReceiver(
  answer: (heard: Heard, count: number) => Reply | Promise<Reply> = () => ({}),
): Promise<Receiver> {
  const heard: Heard[] = []
  const waiting = new Set<() => void>()
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request
    const message = { method, path, headers, text: await text(request) }
    heard.push(message)
    const { status = 200, headers: sent = {}, body = {} } = await answer(message, heard.length)
    response.writeHead(status, { 'content-type': 'application/json', ...sent })
    response.end(JSON.stringify(body))
    for (const wake of waiting) wake()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    async untilHeard(count) {
      while (heard.length < count) {
        const { promise, resolve } = Promise.withResolvers<void>()
        waiting.add(resolve)
        await promise
        waiting.delete(resolve)
      }
      return heard
    },
  }
}
