import { setTimeout as sleep } from 'node:timers/promises'
import type { Ports } from '@countersign/core/ports'
import type { Reads } from '@countersign/core/reads'
import type { PublishedEvent } from '@countersign/core/webhooks/event'
import type { Logger } from '@countersign/runtime/logger'

/** How often somebody looks for news while anybody waits for them. */
const lookEveryMs = 150
/** A waiter reads again this often even without news, in case its matter makes none. */
const readEveryMs = 2_000
const batch = 500

type Listener = (events: readonly PublishedEvent[]) => void

/** Tells those who wait in this process of what happens in any process. */
export interface Changes {
  /** Is told of every event from now on, in the order of the stream, until it unsubscribes. */
  subscribe(listener: Listener): () => void
  /** Where the stream stands: every event up to here was told to those who had subscribed. */
  position(): Promise<number>
  /** Reads until it is what was waited for, or the wait is over; gives the last reading. */
  waitFor<T>(
    read: () => Promise<T>,
    isOver: (value: T) => boolean,
    options: { concerns: string; waitMs: number; signal: AbortSignal },
  ): Promise<T>
  /** Tells nobody anything more, and lets everybody who waits go with what they know. */
  close(): Promise<void>
}

/**
 * Follows the stream of events by looking at the database: one query for all who wait, and none while
 * nobody does. No message can be lost that would have to be heard.
 */
export function createChanges(
  ports: Pick<Ports, 'store'> & { reads: Pick<Reads, 'listEvents'> },
  log: Logger,
): Changes {
  const listeners = new Set<Listener>()
  const closing = new AbortController()
  let last: Promise<number> | undefined
  let following: Promise<void> | undefined

  const lookOnce = async () => {
    // Whatever this look puts into the stream comes after where those who listen began.
    const seq = await position()
    await ports.store.events.sequence(batch)
    const events = await ports.reads.listEvents(seq, batch)
    const end = events.at(-1)
    if (!end) return
    last = Promise.resolve(end.seq)
    for (const listener of listeners) listener(events)
  }
  const follow = async () => {
    while (listeners.size > 0 && !closing.signal.aborted) {
      await lookOnce().catch((error) => log.warn({ err: error }, 'looking for news failed'))
      await sleep(lookEveryMs, undefined, { signal: closing.signal }).catch(() => {})
    }
    following = undefined
    last = undefined
  }
  const position = () => {
    last ??= ports.store.events.findLastSeq().catch((error) => {
      last = undefined
      throw error
    })
    return last
  }
  const subscribe = (listener: Listener) => {
    listeners.add(listener)
    following ??= follow()
    return () => void listeners.delete(listener)
  }

  return {
    subscribe,
    position,

    async waitFor(read, isOver, { concerns, waitMs, signal }) {
      const value = await read()
      if (isOver(value) || waitMs <= 0) return value
      const news = createBell()
      const unsubscribe = subscribe((events) => events.some(isAbout(concerns)) && news.ring())
      try {
        const over = AbortSignal.any([signal, closing.signal])
        return await readUntil(read, isOver, { news, waitMs, signal: over })
      } finally {
        unsubscribe()
      }
    },

    async close() {
      closing.abort()
      listeners.clear()
      await following
    },
  }
}

async function readUntil<T>(
  read: () => Promise<T>,
  isOver: (value: T) => boolean,
  { news, waitMs, signal }: { news: Bell; waitMs: number; signal: AbortSignal },
): Promise<T> {
  const deadline = performance.now() + waitMs
  for (;;) {
    const value = await read()
    const leftMs = deadline - performance.now()
    if (isOver(value) || leftMs <= 0 || signal.aborted) return value
    await news.orAfter(Math.min(readEveryMs, leftMs), signal)
  }
}

function isAbout(id: string) {
  return ({ data }: PublishedEvent) => Object.values(data).includes(id)
}

type Bell = ReturnType<typeof createBell>

/** Wakes one sleeper. A ring that nobody slept through is kept for the next sleep. */
function createBell() {
  let { promise, resolve } = Promise.withResolvers<void>()
  return {
    ring: () => resolve(),
    async orAfter(ms: number, signal: AbortSignal) {
      const wake = () => resolve()
      const timer = setTimeout(wake, ms)
      signal.addEventListener('abort', wake)
      await promise
      signal.removeEventListener('abort', wake)
      clearTimeout(timer)
      ;({ promise, resolve } = Promise.withResolvers<void>())
    },
  }
}
