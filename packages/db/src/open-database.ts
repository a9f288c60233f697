import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from '@countersign/core/code-of'
import { connect, type Database } from './client.ts'
import { migrate } from './migrate.ts'

const patienceMs = 60_000

/** Opens the database and brings its schema up to date. Waits a minute for one that is only starting. */
export async function openDatabase(
  url: string,
  options: { max?: number; prepare?: boolean } = {},
): Promise<Database> {
  const db = connect(url, options)
  const deadline = performance.now() + patienceMs
  for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
    try {
      await migrate(db)
      return db
    } catch (error) {
      if (!isUnreachable(error) || performance.now() > deadline) {
        await db.$client.end({ timeout: 1 })
        throw error
      }
      await sleep(pauseMs)
    }
  }
}

const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'CONNECT_TIMEOUT', 'ENOTFOUND', '57P03'])

function isUnreachable(error: unknown): boolean {
  return unreachable.has(codeOf(error))
}
