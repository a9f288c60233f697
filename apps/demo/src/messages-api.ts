import { once } from 'node:events'
import { createServer } from 'node:http'
import { createMessageBatches } from './message-batches.ts'
import { type Exchange, readExchange, send } from './model-exchange.ts'
import { countTokens, failure, type Reply, resolveReply, type WireReply } from './model-replies.ts'
import { type ModelRequest, parseModelRequest } from './model-request.ts'

/** A request to `/v1/messages`, and the status that it got: `null` while, or because, there is none. */
export interface ModelCall {
  request: ModelRequest
  status: number | null
}

export interface MessagesApi {
  /** For `ANTHROPIC_BASE_URL`. */
  url: string
  /** Every request to `/v1/messages`, in order of arrival. What came in batches is not among them. */
  calls: readonly ModelCall[]
  /** Resolves once `count` requests to `/v1/messages` have arrived. */
  waitForCalls(count: number): Promise<void>
  /** Answers by another script from here on. */
  follow(script: Reply): void
  /** Stops at once: open connections are cut, hanging ones too. */
  close(): Promise<void>
}

/**
 * Starts a real HTTP server on the loopback interface that speaks Anthropic's Messages API and
 * answers by a script. No model is asked.
 *
 * It stands in for the model in the demo and in every test: `/v1/messages`, its `count_tokens` and its
 * `batches`. It wants a key (`Authorization: Bearer` or `x-api-key`, any value) and a well-formed
 * request, as the real one does. It does not stream.
 *
 * @example
 * const api = await startMessagesApi({ script: inTurn(status(529), approve()) })
 * const picky = await startMessagesApi({
 *   script: ({ user }) => (user.includes('curl') ? block() : approve()),
 * })
 */
export async function startMessagesApi(options: {
  script: Reply
  port?: number
  /** How often a batch is asked about before it has ended. */
  batchPolls?: number
}): Promise<MessagesApi> {
  let script = options.script
  const calls: ModelCall[] = []
  const arrivals = new EventTarget()

  async function replyToMessage(exchange: Exchange): Promise<WireReply> {
    const request = parseModelRequest(exchange)
    if ('complaint' in request) return failure(exchange.id, 400, request.complaint)
    const call: ModelCall = { request, status: null }
    calls.push(call)
    arrivals.dispatchEvent(new Event('call'))
    const reply = await resolveReply(script, request)
    if (!reply.fate) call.status = reply.status
    return reply
  }

  const route = createRouter(replyToMessage, {
    baseUrl: () => url,
    pollsToEnd: options.batchPolls ?? 1,
    reply: (request) => resolveReply(script, request),
  })
  const server = createServer(async (incoming, outgoing) => {
    try {
      const exchange = await readExchange(incoming)
      send(outgoing, exchange.id, await route(exchange))
    } catch {
      outgoing.destroy()
    }
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('A TCP server has no port.')
  const url = `http://127.0.0.1:${address.port}`

  return {
    url,
    calls,
    async waitForCalls(count) {
      while (calls.length < count) await once(arrivals, 'call')
    },
    follow(next) {
      script = next
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function createRouter(
  replyToMessage: (exchange: Exchange) => Promise<WireReply>,
  batchOptions: Parameters<typeof createMessageBatches>[0],
) {
  const batches = createMessageBatches(batchOptions)

  return async function route(exchange: Exchange): Promise<WireReply> {
    if (!exchange.key) return failure(exchange.id, 401, 'x-api-key header is required')
    const id = exchange.line.match(/\/batches\/(\w+)/)?.[1] ?? ''
    switch (id ? exchange.line.replace(id, ':id') : exchange.line) {
      case 'POST /v1/messages':
        return replyToMessage(exchange)
      case 'POST /v1/messages/count_tokens':
        return replyToCount(exchange)
      case 'POST /v1/messages/batches':
        return batches.create(exchange)
      case 'GET /v1/messages/batches/:id':
        return batches.retrieve(exchange, id)
      case 'GET /v1/messages/batches/:id/results':
        return batches.results(exchange, id)
      case 'POST /v1/messages/batches/:id/cancel':
        return batches.cancel(exchange, id)
      default:
        return failure(exchange.id, 404, `no such route: ${exchange.line}`)
    }
  }
}

function replyToCount(exchange: Exchange): WireReply {
  const request = parseModelRequest({ ...exchange, body: { max_tokens: 1, ...exchange.body } })
  if ('complaint' in request) return failure(exchange.id, 400, request.complaint)
  return { status: 200, body: { input_tokens: countTokens(request) } }
}
