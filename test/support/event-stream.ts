import { onTestFinished } from 'vitest'

export interface Streamed {
  id: number
  type: string
  data: Record<string, unknown>
  /** The whole event, as webhooks carry it too. */
  event: Record<string, unknown>
}

export interface EventStream {
  headers: Headers
  events: Streamed[]
  /** Waits until so many events have come, and gives them. */
  until(count: number): Promise<Streamed[]>
  /** Ends when the server ends the line. */
  ended: Promise<void>
  close(): void
}

/** Listens to the stream of events as a browser would. */
export async function listen(
  url: string,
  token: string,
  lastEventId?: number | string,
): Promise<EventStream> {
  const closing = new AbortController()
  const response = await fetch(`${url}/api/events`, {
    signal: closing.signal,
    headers: {
      authorization: `Bearer ${token}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }),
    },
  })
  if (!response.ok || !response.body) throw new Error(`The stream answered ${response.status}.`)
  const events: Streamed[] = []
  let wake = () => {}
  const ended = read(response.body, (event) => {
    events.push(event)
    wake()
  })
  onTestFinished(() => closing.abort())
  return {
    headers: response.headers,
    events,
    ended,
    close: () => closing.abort(),
    async until(count) {
      while (events.length < count) {
        const { promise, resolve } = Promise.withResolvers<void>()
        wake = resolve
        await promise
      }
      return events
    },
  }
}

async function read(
  body: ReadableStream<Uint8Array>,
  onEvent: (event: Streamed) => void,
): Promise<void> {
  let rest = ''
  try {
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + text).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const [, id, type, data] = block.match(/^id: (\d+)\nevent: (\S+)\ndata: (.*)$/s) ?? []
        if (!id || !type || !data) continue
        const event = JSON.parse(data)
        onEvent({ id: Number(id), type, data: event.data, event })
      }
    }
  } catch {
    // We hung up.
  }
}
