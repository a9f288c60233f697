import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/**
 * Each kind of test, and how long one may hang. It is no promise: these machines are slow and noisy. All
 * but the first two talk to the real PostgreSQL and the real Redis of the run.
 */
const minutes = { tidy: 1, unit: 1, integration: 5, http: 3, browser: 3, chaos: 10 }

export default defineConfig({
  test: {
    globalSetup: 'test/support/global-setup.ts',
    // Tests with servers wait for most of their time, for leases and for processes.
    maxWorkers: Math.min(2 * availableParallelism(), 6),
    // Files that come after each other in one process load the service once, and share its threads.
    isolate: false,
    expect: { poll: { timeout: 60_000 } },
    projects: Object.entries(minutes).map(([name, most]) => ({
      extends: true,
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        setupFiles: 'test/support/network-floor.ts',
        testTimeout: most * 60_000,
        hookTimeout: 120_000,
        ...(name === 'browser' ? { globalSetup: 'test/support/browser-setup.ts' } : {}),
      },
    })),
  },
})
