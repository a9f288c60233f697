import type { EventView } from '@countersign/contract/telling/event'
import { type Connection, send } from './request.ts'

export interface EventStreamOptions {
  signal: AbortSignal
  /** Where to go on: the `position` of the last event that was heard. */
  after?: string | undefined
  /** Is told once the line is open, before anything comes. */
  onOpen?: () => void
}

/** An event, with its place in the stream. */
export interface StreamedEvent {
  position: string
  event: EventView
}

/** What happens in the service, as it happens. */
export function eventsApi(connection: Connection) {
  return {
    /** Gives every event the caller may hear of, until the line breaks or the signal ends it. */
    async *follow({ signal, after, onOpen }: EventStreamOptions): AsyncGenerator<StreamedEvent> {
      const { body } = await send(connection, 'GET', '/api/events', {
        signal,
        headers: { accept: 'text/event-stream', ...(after ? { 'last-event-id': after } : {}) },
      })
      if (!body) return
      onOpen?.()
      yield* readEvents(body)
    },
  }
}

async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamedEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const streamed = parseBlock(block)
        if (streamed) yield streamed
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** Reads one block of the stream; comments and settings are no events. */
function parseBlock(block: string): StreamedEvent | undefined {
  const fields = new Map<string, string>()
  for (const line of block.split('\n')) {
    const [name = '', value = ''] = line.split(/: ?(.*)/s)
    fields.set(name, value)
  }
  const data = fields.get('data')
  return data === undefined
    ? undefined
    : { position: fields.get('id') ?? '', event: JSON.parse(data) }
}
