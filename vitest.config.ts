import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** The projects whose tests talk to the real PostgreSQL and the real Redis of the run. */
const withServers = ['integration', 'http', 'browser', 'chaos']

export default defineConfig({
  test: {
    globalSetup: 'test/support/global-setup.ts',
    // Tests with servers wait for most of their time, for leases and for processes.
    maxWorkers: Math.min(2 * availableParallelism(), 6),
    // A limit for what hangs, not a promise: these machines are slow and noisy.
    expect: { poll: { timeout: 60_000 } },
    projects: ['tidy', 'unit', ...withServers].map((name) => ({
      extends: true,
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        setupFiles: 'test/support/network-floor.ts',
        testTimeout: withServers.includes(name) ? 180_000 : 60_000,
        hookTimeout: 120_000,
        ...(name === 'browser' ? { globalSetup: 'test/support/browser-setup.ts' } : {}),
      },
    })),
  },
})
