import type { ServerResponse } from 'node:http'
import { PassThrough } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Changes, createChanges } from '@countersign/api/live/changes'
import { streamEvents } from '@countersign/api/live/stream-events'
import { newId } from '@countersign/core/ids'
import type { PublishedEvent } from '@countersign/core/webhooks/event'
import { createLogger } from '@countersign/runtime/logger'
import { expect, test } from 'vitest'

const log = createLogger('test', 'silent')

function anEvent(seq: number): PublishedEvent {
  const about = { type: 'entity.updated', audienceId: null, isPublic: true, data: {} } as const
  return { ...about, id: newId(), seq, at: new Date() }
}

/** A stream in the database: what happened, and how much of that has its place already. */
function createStream({ placed = 0 } = {}) {
  const happened: PublishedEvent[] = []
  return {
    happen: () => happened.push(anEvent(happened.length + 1)),
    place: () => {
      placed = happened.length
    },
    findLastSeq: async () => placed,
    listEvents: async (after: number) => happened.slice(after, placed),
  }
}

test('the first listener is told of what its own look put into the stream', async () => {
  const stream = createStream()
  const changes = createChanges(
    {
      store: { events: { ...stream, sequence: async () => stream.place() } },
      reads: stream,
    } as unknown as Parameters<typeof createChanges>[0],
    log,
  )
  for (const _ of Array(3)) stream.happen()
  const heard = Promise.withResolvers<number[]>()
  changes.subscribe((events) => heard.resolve(events.map(({ seq }) => seq)))
  expect(await heard.promise).toEqual([1, 2, 3])
  await changes.close()
})

test('after a look that failed, the next one finds out where the stream stands', async () => {
  const stream = createStream()
  let isAway = true
  const findLastSeq = async () => {
    if (isAway) throw new Error('The database is away.')
    return 0
  }
  const changes = createChanges(
    {
      store: { events: { findLastSeq, sequence: async () => stream.place() } },
      reads: stream,
    } as unknown as Parameters<typeof createChanges>[0],
    log,
  )
  await expect(changes.position()).rejects.toThrow('away')
  isAway = false
  expect(await changes.position()).toBe(0)
  await changes.close()
})

test('a reader who catches up misses nothing that comes at that very moment, however close', async () => {
  for (let turns = 0; turns < 30; turns += 1) {
    const stream = createStream()
    stream.happen()
    stream.place()
    let tell: Parameters<Changes['subscribe']>[0] = () => {}
    const news = async () => {
      for (let turn = 0; turn < turns; turn += 1) await undefined
      stream.happen()
      stream.place()
      tell(await stream.listEvents(1))
    }
    const changes = {
      position: stream.findLastSeq,
      subscribe: (listener: typeof tell) => {
        tell = listener
        return () => {}
      },
    }
    let isTold: Promise<void> | undefined
    const reads = {
      listEvents: async (after: number) => {
        const past = await stream.listEvents(after)
        if (past.length === 0) isTold ??= news()
        return past
      },
    }
    const written = await readStream(changes, stream, reads, () => isTold)
    expect(written, `news after ${turns} turns`).toEqual(['1', '2'])
  }
})

/** Reads a stream from its start until nothing more comes; gives the places of what came. */
async function readStream(
  changes: Pick<Changes, 'position' | 'subscribe'>,
  events: Pick<ReturnType<typeof createStream>, 'findLastSeq'>,
  reads: unknown,
  untilTold: () => Promise<void> | undefined,
): Promise<string[]> {
  const response = Object.assign(new PassThrough(), { writeHead: () => {} })
  const services = { store: { events }, reads, changes, streams: new Set() }
  const reader = { caller: { kind: 'user', role: 'admin' }, workspaceIds: new Set() }
  const asked = { identify: async () => reader, from: 0 }
  const ended = streamEvents(
    services as unknown as Parameters<typeof streamEvents>[0],
    asked as unknown as Parameters<typeof streamEvents>[1],
    response as unknown as ServerResponse,
  )
  while (!untilTold()) await nextTurn()
  await untilTold()
  await nextTurn()
  const text = String(response.read())
  response.destroy()
  await ended
  return [...text.matchAll(/^id: (\d+)$/gm)].map(([, id = '']) => id)
}
