import { randomUUID } from 'node:crypto'
import { type EntityLock, LockTimeout } from './entity-lock.ts'
import { createLocalTurns } from './local-turns.ts'
import { extendScript, leaveScript, releaseScript, takeScript } from './lock-scripts.ts'
import { createRedisClient, type RedisClient } from './redis-client.ts'

const leaseMs = 10_000
const extendEveryMs = 3_000
/** A waiter looks again this often even if nobody wakes it: messages may be lost. */
const lookEveryMs = 500
/** A waiter that has not looked for so long is gone, and the next one is let in. */
const patienceMs = 1_500

/**
 * Entity locks on Redis: waiters stand in line and are woken, a holder extends its lease while it
 * works, and a crashed one's lease runs out.
 */
export function createRedisEntityLock(
  url: string,
  { prefix = 'countersign:lock', onError }: { prefix?: string; onError(error: Error): void },
): EntityLock {
  const client = createRedisClient(url, { failFast: false })
  const listener = createRedisClient(url, { failFast: false })
  const wakings = listenForWakings(listener, `${prefix}:wake`)
  for (const connection of [client, listener]) connection.on('error', onError)
  const turns = createLocalTurns()

  return {
    async withLock(key, waitMs, work) {
      const turn = await turns.take(key, waitMs)
      try {
        const lock = { keys: keysOf(prefix, key), token: randomUUID() }
        await take(client, wakings, lock, turn.leftMs)
        return await holdWhile(client, lock, work, onError)
      } finally {
        turn.end()
      }
    },

    async close() {
      client.disconnect()
      listener.disconnect()
    },
  }
}

interface Lock {
  keys: string[]
  token: string
}

/** The hash tag keeps the keys of one lock on one node of a cluster. */
function keysOf(prefix: string, key: string): string[] {
  return [
    `${prefix}:{${key}}`,
    `${prefix}:{${key}}:line`,
    `${prefix}:{${key}}:seen`,
    `${prefix}:wake`,
  ]
}

async function take(
  client: RedisClient,
  wakings: Wakings,
  { keys, token }: Lock,
  waitMs: number,
): Promise<void> {
  const [lock, line, seen] = keys as [string, string, string]
  const deadline = performance.now() + waitMs
  for (;;) {
    const woken = wakings.expect(token)
    try {
      const isMine = await client.eval(takeScript, 3, lock, line, seen, token, leaseMs, patienceMs)
      if (isMine === 1) return
      const leftMs = deadline - performance.now()
      if (leftMs <= 0) break
      await woken.orAfter(Math.min(lookEveryMs, leftMs))
    } finally {
      woken.forget()
    }
  }
  await client.eval(leaveScript, 2, line, seen, token)
  throw new LockTimeout('The lock was not free in time.')
}

async function holdWhile<T>(
  client: RedisClient,
  { keys, token }: Lock,
  work: (signal: AbortSignal) => Promise<T>,
  onError: (error: Error) => void,
): Promise<T> {
  const [lock, line, seen, channel] = keys as [string, string, string, string]
  const lost = new AbortController()
  const extend = async () => {
    const held = await client.eval(extendScript, 1, lock, token, leaseMs)
    if (held !== 1) lost.abort(new Error('The lock was lost.'))
  }
  const timer = setInterval(() => void extend().catch(onError), extendEveryMs)
  try {
    return await work(lost.signal)
  } finally {
    clearInterval(timer)
    const release = client.eval(releaseScript, 3, lock, line, seen, token, channel, patienceMs)
    await release.catch(onError)
  }
}

type Wakings = ReturnType<typeof listenForWakings>

/** Waiters are named in messages on one channel, so that one connection wakes all of a process. */
function listenForWakings(listener: RedisClient, channel: string) {
  const waiting = new Map<string, () => void>()
  listener.on('message', (_channel: string, token: string) => waiting.get(token)?.())
  void listener.subscribe(channel).catch(() => {})

  return {
    /** Starts to listen before the look that may send the waiter to sleep, so that no call is missed. */
    expect(token: string) {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.set(token, resolve)
      return {
        forget: () => void waiting.delete(token),
        async orAfter(ms: number) {
          const timer = setTimeout(resolve, ms)
          await promise
          clearTimeout(timer)
        },
      }
    },
  }
}
