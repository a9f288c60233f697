import { join } from 'node:path'
import { connect, type Database } from '@countersign/db/client'
import { startMessagesApi } from '@countersign/demo/messages-api'
import { startEmbeddedPostgres } from '@countersign/runtime/embedded-postgres'
import { findFreePort } from '@countersign/runtime/free-port'
import { Redis } from 'ioredis'
import { expect, onTestFinished } from 'vitest'
import { createFolder } from '../create-folder.ts'
import { startRedis } from '../redis-server.ts'
import { admin, createCallers, type Person } from '../start-service.ts'
import { until } from '../until.ts'
import { type FaultyProcess, type Role, startFaultyProcess } from './faulty-process.ts'
import { honestly } from './start-fleet.ts'
import { type Link, startLink } from './start-link.ts'

/** A process that is started anew whenever it is gone, as an orchestrator would. */
export interface Kept {
  /** The process of the moment; `undefined` while there is none. */
  current: FaultyProcess | undefined
  /** How often it had to be started anew. */
  restarts: number
  stop(): Promise<void>
}

/** Servers of a fleet's own, with a line to each that can be harmed. */
export async function startStormyFleet() {
  const dir = await createFolder()
  const postgresDir = join(dir, 'postgres')
  let postgres = await startEmbeddedPostgres({ dir: postgresDir })
  const redisPort = await findFreePort()
  let redis = await startRedis({ dir: join(dir, 'redis'), port: redisPort })
  const model = await startMessagesApi({ script: honestly })
  const links = {
    'API to PostgreSQL': await startLink(portOf(postgres.url())),
    'worker to PostgreSQL': await startLink(portOf(postgres.url())),
    'API to Redis': await startLink(redisPort),
    'worker to Redis': await startLink(redisPort),
    'worker to model': await startLink(portOf(model.url)),
  }
  const shared = {
    DATA_DIR: dir,
    ANTHROPIC_API_KEY: 'sk-test-key',
    ANTHROPIC_BASE_URL: `http://127.0.0.1:${links['worker to model'].port}`,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    RATE_LIMIT_PER_MINUTE: '0',
    BLOCKED_QUOTA_PER_DAY: '0',
    REVIEW_TIMEOUT_MS: '3000',
    REVIEW_MAX_ATTEMPTS: '50',
    WEBHOOK_ALLOW_PRIVATE: 'true',
    LOG_LEVEL: 'fatal',
  }
  const envOf = (role: Role) => {
    const name = role === 'api' ? 'API' : 'worker'
    return {
      ...shared,
      DATABASE_URL: through(postgres.url(), links[`${name} to PostgreSQL`]),
      REDIS_URL: `redis://127.0.0.1:${links[`${name} to Redis`].port}`,
    }
  }
  const kept: Kept[] = []
  onTestFinished(async () => {
    await Promise.all(kept.map((one) => one.stop()))
    await Promise.all(Object.values(links).map((link) => link.close()))
    await Promise.all([postgres.stop(), redis.stop(), model.close()])
  })

  return {
    dir,
    model,
    links,
    callersOf: createCallers,
    /** Starts a process that stays gone when it is gone. */
    start: (role: Role) => startFaultyProcess([role], envOf(role)),
    async keep(role: Role, env: NodeJS.Dict<string> = {}): Promise<Kept> {
      const one = await keepAlive(() => startFaultyProcess([role], { ...envOf(role), ...env }))
      kept.push(one)
      return one
    },
    /** A way to the database that no fault is on. */
    openDatabase(): Database {
      const db = connect(postgres.url(), { max: 4 })
      onTestFinished(() => db.$client.end({ timeout: 1 }))
      return db
    },
    async restartPostgres() {
      await postgres.stop()
      postgres = await startEmbeddedPostgres({ dir: postgresDir })
      for (const name of ['API to PostgreSQL', 'worker to PostgreSQL'] as const) {
        links[name].aim(portOf(postgres.url()))
      }
    },
    async restartRedis() {
      await redis.stop()
      redis = await startRedis({ dir: join(dir, 'redis'), port: redisPort })
    },
    async flushRedis() {
      const client = new Redis(redis.url)
      await client.flushall()
      client.disconnect()
    },
  }
}

export type StormyFleet = Awaited<ReturnType<typeof startStormyFleet>>

/** Somebody, at whichever API there is at the moment. */
export function personAt({ current }: Kept, { id, email, token }: Person): Person | undefined {
  return current && createCallers(current).as({ id, email, token })
}

/** Somebody, at the first API that is there; waits for one that is being started anew. */
export function untilPersonAtAny(apis: readonly Kept[], person: Person): Promise<Person> {
  return until(async () => {
    const [reader] = apis.flatMap((api) => personAt(api, person) ?? [])
    return reader ?? expect.fail('No API is there.')
  })
}

async function keepAlive(start: () => Promise<FaultyProcess>): Promise<Kept> {
  let isStopping = false
  const one: Kept = {
    current: await start(),
    restarts: 0,
    async stop() {
      isStopping = true
      one.current?.signal('SIGKILL')
      await watching
    },
  }
  const watch = async () => {
    while (!isStopping) {
      await one.current?.gone
      one.current = undefined
      if (isStopping) return
      one.restarts += 1
      one.current = await start().catch(() => undefined)
    }
  }
  const watching = watch()
  return one
}

function portOf(url: string): number {
  return Number(new URL(url).port)
}

function through(url: string, { port }: Link): string {
  const aimed = new URL(url)
  aimed.port = String(port)
  return aimed.href
}
