import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from '@countersign/core/code-of'
import { connect, type Database } from './client.ts'
import { migrate } from './migrate.ts'

const patienceMs = 60_000
const firstPauseMs = 100

/**
 * Opens the database and brings its schema up to date. Waits a minute for one that is only starting,
 * and says so by `onWait`, once.
 */
export async function openDatabase(
  url: string,
  {
    onWait,
    ...options
  }: { max?: number; prepare?: boolean; onWait?: (error: unknown) => void } = {},
): Promise<Database> {
  const db = connect(url, options)
  const deadline = performance.now() + patienceMs
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
    try {
      await migrate(db)
      return db
    } catch (error) {
      if (!isUnreachable(error) || performance.now() > deadline) {
        await db.$client.end({ timeout: 1 })
        throw error
      }
      if (pauseMs === firstPauseMs) onWait?.(error)
      await sleep(pauseMs)
    }
  }
}

const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'CONNECT_TIMEOUT', 'ENOTFOUND', '57P03'])

function isUnreachable(error: unknown): boolean {
  return unreachable.has(codeOf(error))
}
