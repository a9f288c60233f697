import { defineConfig } from 'vitest/config'

/** The projects whose tests talk to the real PostgreSQL and the real Redis of the run. */
const withServers = ['integration', 'http', 'browser', 'chaos']

export default defineConfig({
  test: {
    globalSetup: 'test/support/global-setup.ts',
    projects: ['tidy', 'unit', ...withServers].map((name) => ({
      extends: true,
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        setupFiles: 'test/support/network-floor.ts',
        testTimeout: withServers.includes(name) ? 60_000 : 20_000,
        hookTimeout: 120_000,
        ...(name === 'browser' ? { globalSetup: 'test/support/browser-setup.ts' } : {}),
      },
    })),
  },
})
