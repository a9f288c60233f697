import type { ServerResponse } from 'node:http'
import { viewEvent } from '@countersign/contract/telling/event'
import { type Caller, isAdmin } from '@countersign/core/identity/caller'
import type { PublishedEvent } from '@countersign/core/webhooks/event'
import type { Services } from '../compose.ts'

const keepAliveMs = 10_000
const batch = 500
/** A reader who falls behind by more is not written to until they have caught up. */
const backlogBytesMax = 1024 * 1024
/** A reader who takes nothing for so long is let go: they come back, and go on where they were. */
const stuckMs = 60_000

/** Who reads, and what they may hear of besides what is everybody's. */
export interface Reader {
  caller: Caller
  workspaceIds: ReadonlySet<string>
}

export interface StreamRequest {
  /** Finds out who reads, anew; `undefined` once their token is over. */
  identify(): Promise<Reader | undefined>
  /** The last event that they heard; without it they hear what comes. */
  from: number | undefined
}

/**
 * Sends what came after `from`, then what comes, each event once and in order.
 *
 * The past is read in small parts, as fast as the reader takes them. Whoever has caught up is told of
 * what comes as it comes, and reads the past again when they fall behind: nothing is kept for them.
 */
export async function streamEvents(
  { store, reads, changes, streams }: Pick<Services, 'store' | 'reads' | 'changes' | 'streams'>,
  { identify, from }: StreamRequest,
  response: ServerResponse,
): Promise<void> {
  let reader = await identify()
  let sent = await findStart({ store, changes }, from)
  // The end of a line that has ended meanwhile would be told to nobody.
  if (response.destroyed) return
  let newest = sent
  let isLive = false
  let fallBehind = () => {}

  const send = (events: readonly PublishedEvent[]) => {
    for (const event of events) {
      if (event.seq <= sent) continue
      sent = event.seq
      if (reader && hears(reader, event)) response.write(format(event))
    }
  }
  const unsubscribe = changes.subscribe((events) => {
    newest = Math.max(newest, events.at(-1)?.seq ?? 0)
    if (!isLive) return
    if (response.writableLength > backlogBytesMax) fallBehind()
    else send(events)
  })
  const catchUp = async () => {
    while (reader && !response.destroyed) {
      const upTo = newest
      const past = await reads.listEvents(sent, batch, reader.caller)
      send(past)
      await drain(response)
      if (past.length > 0) continue
      sent = Math.max(sent, upTo)
      // Live from this very turn on: news between here and the next one would be nobody's.
      isLive = newest <= sent
      if (isLive) return
    }
  }
  const stopBeating = beat(response, async () => {
    reader = await identify()
    if (!reader) response.end()
  })
  streams.add(response)
  response.on('close', () => {
    unsubscribe()
    stopBeating()
    streams.delete(response)
    fallBehind()
  })

  open(response)
  // What is told from now on comes after this, and the past is read up to it at least.
  newest = Math.max(newest, await changes.position())
  while (!response.destroyed && !response.writableEnded) {
    const behind = Promise.withResolvers<void>()
    fallBehind = () => {
      isLive = false
      behind.resolve()
    }
    await catchUp()
    if (response.destroyed) return
    await behind.promise
  }
}

/** After what a reader hears first. A place that the stream has not reached is none of its own. */
async function findStart(
  { store, changes }: Pick<Services, 'store' | 'changes'>,
  from: number | undefined,
): Promise<number> {
  if (from === undefined) return changes.position()
  return Math.min(from, await store.events.findLastSeq())
}

function open(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  response.write('retry: 2000\n\n')
}

/** Keeps the line from looking dead, and looks each time whether it may stay open. */
function beat(response: ServerResponse, look: () => Promise<void>): () => void {
  const timer = setInterval(() => {
    if (response.writableLength === 0) response.write(': keep-alive\n\n')
    // A database that is away for a moment ends no line.
    look().catch(() => {})
  }, keepAliveMs)
  return () => clearInterval(timer)
}

/** Waits until the reader has taken what was written, or is gone. */
async function drain(response: ServerResponse): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(() => response.destroy(), stuckMs)
  response.once('drain', resolve).once('close', resolve)
  await promise
  clearTimeout(timer)
  response.off('drain', resolve).off('close', resolve)
}

/** Admins hear of everything; others of what is public, concerns them, or is of their workspaces. */
function hears({ caller, workspaceIds }: Reader, event: PublishedEvent): boolean {
  const { isPublic, audienceId, workspaceId } = event
  const isOfTheirs = workspaceId ? workspaceIds.has(workspaceId) : false
  return isPublic || isAdmin(caller) || audienceId === caller.personId || isOfTheirs
}

function format(event: PublishedEvent): string {
  return `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(viewEvent(event))}\n\n`
}
