import type { Exchange } from './model-exchange.ts'
import { failure, type WireReply } from './model-replies.ts'
import { type ModelRequest, parseModelRequest } from './model-request.ts'

interface Batch {
  id: string
  requests: { customId: string; params: unknown }[]
  createdAt: Date
  pollsLeft: number
  isCanceled: boolean
}

/** The batches of a server. A request in one is answered by the script when the results are read. */
export interface MessageBatches {
  create(exchange: Exchange): WireReply
  retrieve(exchange: Exchange, id: string): WireReply
  cancel(exchange: Exchange, id: string): WireReply
  results(exchange: Exchange, id: string): Promise<WireReply>
}

/** Keeps batches in memory. `pollsToEnd` says how often one is asked about before it has ended. */
export function createMessageBatches(options: {
  baseUrl: () => string
  pollsToEnd: number
  reply: (request: ModelRequest) => Promise<WireReply>
}): MessageBatches {
  const batches = new Map<string, Batch>()

  function withBatch<Result>(
    { id: requestId }: Exchange,
    id: string,
    use: (batch: Batch) => Result,
  ): Result | WireReply {
    const batch = batches.get(id)
    return batch ? use(batch) : failure(requestId, 404, `no batch ${id}`)
  }

  return {
    create(exchange) {
      const requests = readRequests(exchange.body)
      if (!requests) return failure(exchange.id, 400, 'requests: a unique custom_id each is needed')
      const batch: Batch = {
        id: `msgbatch_${batches.size + 1}`,
        requests,
        createdAt: new Date(),
        pollsLeft: options.pollsToEnd,
        isCanceled: false,
      }
      batches.set(batch.id, batch)
      return ok(viewBatch(batch, options.baseUrl()))
    },

    retrieve: (exchange, id) =>
      withBatch(exchange, id, (batch) => {
        if (batch.pollsLeft > 0) batch.pollsLeft -= 1
        return ok(viewBatch(batch, options.baseUrl()))
      }),

    cancel: (exchange, id) =>
      withBatch(exchange, id, (batch) => {
        batch.isCanceled = true
        batch.pollsLeft = 0
        return ok(viewBatch(batch, options.baseUrl()))
      }),

    results: async (exchange, id) =>
      withBatch(exchange, id, async (batch) => {
        const lines = batch.requests.map(async ({ customId, params }) => {
          const result = batch.isCanceled
            ? { type: 'canceled' }
            : await answerOne({ ...exchange, body: { ...Object(params) } }, customId, options.reply)
          return `${JSON.stringify({ custom_id: customId, result })}\n`
        })
        // Backwards, as a reminder that the order means nothing.
        return { status: 200, body: (await Promise.all(lines)).reverse().join('') }
      }),
  }
}

function readRequests(body: Record<string, unknown>): Batch['requests'] | undefined {
  const items: unknown[] = Array.isArray(body.requests) ? body.requests : []
  const requests = items.map((item) => ({
    customId: String(Object(item).custom_id),
    params: Object(item).params,
  }))
  const names = new Set(requests.map(({ customId }) => customId))
  const isSound = names.size === requests.length && [...names].every(isCustomId)
  return isSound && requests.length > 0 ? requests : undefined
}

function isCustomId(name: string): boolean {
  return /^[a-zA-Z0-9_-]{1,64}$/.test(name)
}

async function answerOne(
  exchange: Exchange,
  customId: string,
  reply: (request: ModelRequest) => Promise<WireReply>,
): Promise<unknown> {
  const request = parseModelRequest(exchange, customId)
  const { status, body, fate } =
    'complaint' in request ? failure(exchange.id, 400, request.complaint) : await reply(request)
  if (fate) return { type: 'expired' }
  return status === 200 ? { type: 'succeeded', message: body } : { type: 'errored', error: body }
}

function viewBatch({ id, requests, createdAt, pollsLeft, isCanceled }: Batch, baseUrl: string) {
  const hasEnded = pollsLeft === 0
  const counts = { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 }
  const state = hasEnded ? (isCanceled ? 'canceled' : 'succeeded') : 'processing'
  return {
    id,
    type: 'message_batch',
    processing_status: hasEnded ? 'ended' : 'in_progress',
    request_counts: { ...counts, [state]: requests.length },
    created_at: createdAt.toISOString(),
    expires_at: new Date(createdAt.getTime() + 86_400_000).toISOString(),
    ended_at: hasEnded ? new Date().toISOString() : null,
    cancel_initiated_at: null,
    archived_at: null,
    results_url: hasEnded ? `${baseUrl}/v1/messages/batches/${id}/results` : null,
  }
}

function ok(body: unknown): WireReply {
  return { status: 200, body }
}
