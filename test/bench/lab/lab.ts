import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type Database } from '@countersign/db/client'
import { migrate } from '@countersign/db/migrate'
import { startEmbeddedPostgres } from '@countersign/runtime/embedded-postgres'
import { startRedis } from '../../support/redis-server.ts'
import { type RunningProcess, startProcess } from '../../support/start-process.ts'

/** The servers that all rows share, and whatever a row starts on top of them. */
export interface Lab {
  dir: string
  /** A new, migrated database. */
  createDatabase(): Promise<Database & { url: string }>
  /** A database of Redis that nobody else uses. */
  claimRedis(): string
  /** Starts a file of this repository as a process that ends with the lab. */
  start(file: string, env: NodeJS.Dict<string>, flags?: readonly string[]): RunningProcess
  /** Starts one that says where it listens. */
  serve(file: string, env: NodeJS.Dict<string>): Promise<RunningProcess & { url: string }>
  /** Is called when the lab closes. */
  onClose(work: () => Promise<unknown>): void
  close(): Promise<void>
}

/** PostgreSQL as it is in production: every commit is flushed to disk. */
const settings = {
  max_connections: '300',
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '30min',
}

/** Starts a PostgreSQL and a Redis for measuring, each private to this run. */
export async function openLab(): Promise<Lab> {
  const dir = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  chmodSync(dir, 0o755)
  const [postgres, redis] = await Promise.all([
    startEmbeddedPostgres({ dir: join(dir, 'postgres'), settings }),
    startRedis({ dir: join(dir, 'redis') }),
  ])
  const closing: (() => Promise<unknown>)[] = []
  let claimed = 0
  const start: Lab['start'] = (file, env, flags = []) => {
    const running = startProcess(file, { env, flags })
    closing.push(() => running.end('SIGKILL'))
    return running
  }

  return {
    dir,

    async createDatabase() {
      const name = `bench_${randomUUID().replaceAll('-', '')}`
      const { $client: server } = connect(postgres.url(), { max: 1 })
      await server`create database ${server(name)}`
      await server.end()
      const url = postgres.url(name)
      const db = connect(url, { max: 4 })
      await migrate(db)
      closing.push(() => db.$client.end({ timeout: 1 }))
      return Object.assign(db, { url })
    },

    claimRedis() {
      claimed += 1
      return `${redis.url}/${claimed}`
    },

    start,

    async serve(file, env) {
      const running = start(file, env)
      const [, url = ''] = await running.untilPrinted(/listens on (\S+)/)
      return { ...running, url }
    },

    onClose: (work) => void closing.push(work),

    async close() {
      for (const work of closing.reverse()) await work().catch(() => {})
      await Promise.all([postgres.stop(), redis.stop()])
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** A folder of the lab's that is gone with it. */
export function makeFolder({ dir }: Pick<Lab, 'dir'>): string {
  const path = join(dir, `files-${randomUUID()}`)
  mkdirSync(path, { mode: 0o755 })
  return path
}
