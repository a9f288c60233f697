import { createMetrics } from '@countersign/runtime/telemetry/metrics'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a database that keeps who asks waiting is shown as away before the scrape is given up', async () => {
  const metrics = createMetrics()
  const gauge = { name: 'countersign_due', help: 'Is anything due?', read: () => 1 }
  metrics.show([gauge], () => new Promise(() => {}))
  const scraped = metrics.registry.metrics()
  // Prometheus gives up after ten seconds, unless told otherwise.
  await vi.advanceTimersByTimeAsync(9_000)
  const text = await scraped
  expect(text).toContain('countersign_database_up 0\n')
  expect(text).not.toMatch(/^countersign_due /m)
})
