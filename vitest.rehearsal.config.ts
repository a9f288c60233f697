import { defineConfig } from 'vitest/config'

/** What is tried before a release rather than at each change: `npm run rehearse`. */
export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    include: ['test/rehearsal/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 120_000,
  },
})
