import { createLogger } from '@countersign/runtime/logger'
import { startHeartbeat } from '@countersign/worker/heartbeat'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Workers = Parameters<typeof startHeartbeat>[0]['store']['workers']

/** A worker's heart over a database that does so with each beat. */
function startOver(beat: () => Promise<void>) {
  const workers = { beat, leave: async () => {} } as Partial<Workers> as Workers
  const ports = { store: { workers } } as Parameters<typeof startHeartbeat>[0]
  const log = createLogger('test', 'silent')
  return startHeartbeat(ports, { log, concurrency: 1, active: () => 0 })
}

test('a worker whose database refuses it is well: another process would fare no better', async () => {
  const heartbeat = startOver(() => Promise.reject(new Error('connect ECONNREFUSED')))
  await vi.advanceTimersByTimeAsync(600_000)
  expect(heartbeat.isWell()).toBe(true)
  await heartbeat.stop()
})

test('a worker whose line to the database hangs for a minute is not well', async () => {
  const heartbeat = startOver(() => new Promise(() => {}))
  await vi.advanceTimersByTimeAsync(59_000)
  expect(heartbeat.isWell()).toBe(true)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(heartbeat.isWell()).toBe(false)
  await heartbeat.stop()
})
