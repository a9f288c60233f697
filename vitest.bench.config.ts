import { defineConfig } from 'vitest/config'

/** What is measured and not judged: `npm run bench`. */
export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts', 'test/support/browser-setup.ts'],
    include: ['test/bench/console/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
})
