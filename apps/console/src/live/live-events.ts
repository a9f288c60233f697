import type { EventView } from '@countersign/sdk'
import { countersign } from '../session/client.ts'
import { isLoggedOut } from '../session/query-client.ts'

export type LineState = 'connecting' | 'open' | 'paused' | 'lost'

type Listener = (event: EventView) => void

const listeners = new Set<Listener>()
const watchers = new Set<() => void>()
let state: LineState = 'connecting'
let isWanted = false
let after: string | undefined
let line: AbortController | undefined

/** Hears every event from now on, until it unsubscribes. */
export function onEvent(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** How the line to the service is, for those who show it. */
export const lineState = {
  read: () => state,
  watch(watcher: () => void): () => void {
    watchers.add(watcher)
    return () => void watchers.delete(watcher)
  },
}

/** Follows the stream until it is stopped. A hidden page lets go of the line, and goes on where it was. */
export function startLive(): () => void {
  isWanted = true
  document.addEventListener('visibilitychange', adjust)
  adjust()
  return () => {
    isWanted = false
    after = undefined
    document.removeEventListener('visibilitychange', adjust)
    adjust()
  }
}

export function setPaused(isPaused: boolean): void {
  isWanted = !isPaused
  if (isPaused) become('paused')
  adjust()
}

function adjust(): void {
  const shouldRun = isWanted && document.visibilityState === 'visible'
  if (shouldRun && !line) {
    line = new AbortController()
    void run(line.signal)
  } else if (!shouldRun && line) {
    line.abort()
    line = undefined
  }
}

async function run(signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    become(failures === 0 ? 'connecting' : 'lost')
    const onOpen = () => {
      failures = 0
      become('open')
    }
    const isOver = await follow(signal, onOpen)
    if (isOver) return
    await pause(Math.min(500 * 2 ** failures, 15_000), signal)
  }
}

/** Tells everybody what comes. Gives `true` if there is no use in trying again. */
async function follow(signal: AbortSignal, onOpen: () => void): Promise<boolean> {
  try {
    for await (const { position, event } of countersign.events.follow({ signal, after, onOpen })) {
      after = position
      for (const listener of listeners) listener(event)
    }
    return signal.aborted
  } catch (error) {
    return signal.aborted || isLoggedOut(error)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
  })
}

function become(next: LineState): void {
  state = next
  for (const watcher of watchers) watcher()
}
