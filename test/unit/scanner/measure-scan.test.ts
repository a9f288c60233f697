import { expect, test } from 'vitest'
import { honestBundles, measureScan } from '../../bench/scan-mb-per-s.ts'

test('the bundles that speed is measured on are inspected whole', async () => {
  const { bundles, mbPerS, p99Ms } = await measureScan(honestBundles(5))
  expect(bundles).toBe(5)
  expect(mbPerS).toBeGreaterThan(0)
  expect(p99Ms).toBeGreaterThan(0)
})
