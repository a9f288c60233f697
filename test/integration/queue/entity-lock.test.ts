import { setTimeout as sleep } from 'node:timers/promises'
import { type EntityLock, LockAway, LockTimeout } from '@countersign/queue/locks/entity-lock'
import { createPostgresEntityLock } from '@countersign/queue/locks/postgres-entity-lock'
import { createRedisEntityLock } from '@countersign/queue/locks/redis-entity-lock'
import { findFreePort } from '@countersign/runtime/free-port'
import { Redis } from 'ioredis'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { createFolder } from '../../support/create-folder.ts'
import { startRedis } from '../../support/redis-server.ts'

const engines: [string, () => EntityLock][] = [
  ['Redis', () => createRedisEntityLock(inject('redisUrl'), { onError: () => {} })],
  ['PostgreSQL', () => createPostgresEntityLock(inject('databaseServer'))],
]

describe.each(engines)('on %s', (_engine, create) => {
  const open = () => {
    const lock = create()
    onTestFinished(() => lock.close())
    return lock
  }
  const key = () => `entity-${crypto.randomUUID()}`

  test('work on one key never overlaps, whether it is of one process or of several', async () => {
    const locks = [open(), open(), open()]
    const name = key()
    let inside = 0
    let most = 0
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await sleep(2)
      inside -= 1
    }
    const turns = locks.flatMap((lock) =>
      Array.from({ length: 10 }, () => lock.withLock(name, 30_000, work)),
    )
    await Promise.all(turns)
    expect(most).toBe(1)
  })

  test('whoever comes first is served first, among the waiters of a process', async () => {
    const lock = open()
    const name = key()
    const order: number[] = []
    const holder = lock.withLock(name, 30_000, () => sleep(100))
    await sleep(20)
    const waiters = Array.from({ length: 8 }, (_, nth) =>
      lock.withLock(name, 30_000, async () => void order.push(nth)),
    )
    await Promise.all([holder, ...waiters])
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  test('different keys do not wait for each other', async () => {
    const lock = open()
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const { promise: taken, resolve: started } = Promise.withResolvers<void>()
    const holder = lock.withLock(key(), 1_000, () => {
      started()
      return held
    })
    await taken
    expect(await lock.withLock(key(), 1_000, async () => 'meanwhile')).toBe('meanwhile')
    release()
    await holder
  })

  test('a waiter whose patience ends is told so, and holds nobody up', async () => {
    const [lock, other] = [open(), open()]
    const name = key()
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const { promise: taken, resolve: started } = Promise.withResolvers<void>()
    const holder = lock.withLock(name, 1_000, () => {
      started()
      return held
    })
    await taken
    await expect(other.withLock(name, 100, async () => {})).rejects.toThrow(LockTimeout)
    await expect(lock.withLock(name, 100, async () => {})).rejects.toThrow(LockTimeout)
    release()
    await holder
    await other.withLock(name, 5_000, async () => {})
  })

  test('work that fails frees the lock', async () => {
    const lock = open()
    const name = key()
    const failure = lock.withLock(name, 1_000, () => Promise.reject(new Error('no luck')))
    await expect(failure).rejects.toThrow('no luck')
    await lock.withLock(name, 1_000, async () => {})
  })
})

describe('on Redis', () => {
  const connect = () => {
    const redis = new Redis(inject('redisUrl'))
    onTestFinished(() => redis.disconnect())
    return redis
  }

  test('the lock of a holder that died runs out, and one that was flushed away is known to be lost', async () => {
    const lock = createRedisEntityLock(inject('redisUrl'), { onError: () => {} })
    onTestFinished(() => lock.close())
    const redis = connect()
    const name = `entity-${crypto.randomUUID()}`
    await redis.set(`countersign:lock:{${name}}`, 'somebody who died', 'PX', 300)
    await lock.withLock(name, 5_000, async () => {
      expect(await redis.pttl(`countersign:lock:{${name}}`)).toBeGreaterThan(1_000)
    })

    const { promise: lost, resolve } = Promise.withResolvers<unknown>()
    await lock.withLock(name, 5_000, async (signal) => {
      signal.addEventListener('abort', () => resolve(signal.reason))
      await redis.del(`countersign:lock:{${name}}`)
      expect(await lost).toEqual(new Error('The lock was lost.'))
    })
  })

  test('a release never frees the lock of somebody else', async () => {
    const lock = createRedisEntityLock(inject('redisUrl'), { onError: () => {} })
    onTestFinished(() => lock.close())
    const redis = connect()
    const name = `entity-${crypto.randomUUID()}`
    await lock.withLock(name, 5_000, async () => {
      await redis.set(`countersign:lock:{${name}}`, 'the next one')
    })
    expect(await redis.get(`countersign:lock:{${name}}`)).toBe('the next one')
  })
})

test('whoever wants a lock while Redis is away is told in time, and has none once it is back', async () => {
  const dir = await createFolder()
  const port = await findFreePort()
  const redis = await startRedis({ dir, port })
  const lock = createRedisEntityLock(redis.url, { onError: () => {} })
  onTestFinished(() => lock.close())
  const done = await lock.withLock('one', 1_000, async () => {
    await redis.stop()
    return 'done'
  })
  expect(done).toBe('done')
  let ran = 0
  const asked = lock.withLock('two', 100, async () => void ran++)
  await expect(asked).rejects.toThrow(LockAway)

  const again = await startRedis({ dir, port })
  onTestFinished(() => again.stop())
  for (const key of ['one', 'two']) await lock.withLock(key, 5_000, async () => void ran++)
  expect(ran).toBe(2)
})
