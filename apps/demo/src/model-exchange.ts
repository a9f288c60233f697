import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { WireReply } from './model-replies.ts'

/** A request to the server, read to its end. */
export interface Exchange {
  id: string
  /** Method and path, without the query. */
  line: string
  headers: IncomingHttpHeaders
  /** The key that it came with, wherever it was put. */
  key: string | undefined
  body: Record<string, unknown>
}

export async function readExchange(incoming: IncomingMessage): Promise<Exchange> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const { authorization, 'x-api-key': apiKey } = incoming.headers
  return {
    id: `req_${randomUUID().replaceAll('-', '')}`,
    line: `${incoming.method} ${incoming.url?.replace(/\?.*$/, '')}`,
    headers: incoming.headers,
    key: authorization?.match(/^Bearer (.+)$/)?.[1] ?? apiKey?.toString(),
    body: parseObject(Buffer.concat(chunks).toString()),
  }
}

/** Sends a reply, or does to the connection what the reply says in its place. */
export function send(outgoing: ServerResponse, requestId: string, reply: WireReply): void {
  if (reply.fate === 'hang') return
  if (reply.fate === 'reset') {
    outgoing.socket?.resetAndDestroy()
    return
  }
  const isText = typeof reply.body === 'string'
  const body = Buffer.from(isText ? String(reply.body) : JSON.stringify(reply.body))
  outgoing.writeHead(reply.status, {
    'content-type': isText ? 'text/plain' : 'application/json',
    'content-length': body.byteLength,
    'request-id': requestId,
    ...reply.headers,
  })
  if (!reply.fate) {
    outgoing.end(body)
    return
  }
  outgoing.write(body.subarray(0, body.byteLength / 2), () => {
    if (reply.fate === 'cut') outgoing.socket?.destroy()
  })
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
