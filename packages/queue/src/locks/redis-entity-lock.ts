import { randomUUID } from 'node:crypto'
import { createRedisClient, type RedisClient } from '../redis-client.ts'
import { type EntityLock, LockAway, LockTimeout } from './entity-lock.ts'
import { inTime } from './in-time.ts'
import { createLocalTurns } from './local-turns.ts'
import { extendScript, leaveScript, releaseScript, takeScript } from './lock-scripts.ts'

const leaseMs = 10_000
const extendEveryMs = 3_000
/** A waiter looks again this often even if nobody wakes it: messages may be lost. */
const lookEveryMs = 500
/** A waiter that has not looked for so long is gone, and the next one is let in. */
const patienceMs = 1_500
/** A Redis that does not answer for so long is away. */
const answerMs = 1_000

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
        const lock = createClaim(client, keysOf(prefix, key), onError)
        await take(lock, wakings, turn.leftMs)
        return await holdWhile(lock, work, onError)
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

/** The hash tag keeps the keys of one lock on one node of a cluster. */
function keysOf(prefix: string, key: string) {
  const lock = `${prefix}:{${key}}`
  return { lock, line: `${lock}:line`, seen: `${lock}:seen`, wake: `${prefix}:wake` }
}

type Claim = ReturnType<typeof createClaim>

/** All that one who wants a lock, or has it, says to Redis, which hears it in this order. */
function createClaim(
  client: RedisClient,
  { lock, line, seen, wake }: ReturnType<typeof keysOf>,
  onError: (error: Error) => void,
) {
  const token = randomUUID()
  const release = () => client.eval(releaseScript, 3, lock, line, seen, token, wake, patienceMs)
  return {
    token,
    look: () => client.eval(takeScript, 3, lock, line, seen, token, leaseMs, patienceMs),
    extend: () => client.eval(extendScript, 1, lock, token, leaseMs),

    /** Whoever has done the work is not kept waiting for a Redis that is away: the lease runs out. */
    async release() {
      await inTime(release().catch(onError), answerMs)
    },

    /** Leaves the line, and gives back what a look that was heard too late may have taken. */
    giveUp() {
      const left = client.eval(leaveScript, 2, line, seen, token)
      for (const said of [left, release()]) void said.catch(onError)
    },
  }
}

async function take(claim: Claim, wakings: Wakings, waitMs: number): Promise<void> {
  const deadline = performance.now() + waitMs
  const leftMs = () => Math.max(0, deadline - performance.now())
  for (;;) {
    const woken = wakings.expect(claim.token)
    try {
      const isMine = await inTime(claim.look(), Math.max(leftMs(), answerMs))
      if (isMine === 1) return
      if (isMine === undefined) throw new LockAway('Redis did not answer.')
      if (leftMs() === 0) throw new LockTimeout('The lock was not free in time.')
      await woken.orAfter(Math.min(lookEveryMs, leftMs()))
    } catch (error) {
      claim.giveUp()
      throw error
    } finally {
      woken.forget()
    }
  }
}

async function holdWhile<T>(
  claim: Claim,
  work: (signal: AbortSignal) => Promise<T>,
  onError: (error: Error) => void,
): Promise<T> {
  const lost = new AbortController()
  const extend = async () => {
    if ((await claim.extend()) !== 1) lost.abort(new Error('The lock was lost.'))
  }
  const timer = setInterval(() => void extend().catch(onError), extendEveryMs)
  try {
    return await work(lost.signal)
  } finally {
    clearInterval(timer)
    await claim.release()
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
