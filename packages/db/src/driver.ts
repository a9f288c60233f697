import { createRequire, registerHooks } from 'node:module'
import type Driver from 'postgres'

/** What the driver says, and what it should say. */
const mends: readonly (readonly [asIs: string, mended: string])[] = [
  [
    'if (terminated)\n      return queryError(',
    'if (terminated || !socket)\n      return !queryError(',
  ],
  [
    '    clearImmediate(nextWriteTimer)\n',
    '    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n',
  ],
]

/**
 * postgres.js, with a mend of what it does when a line dies.
 *
 * As it is on npm, a step of a transaction whose line has just died writes to nothing, outside of every
 * `try`, which ends the process; and what was about to be written stays in front of whatever the next
 * line begins with, which then waits for an answer forever. Mended, such a step fails, and the next line
 * begins with nothing. A version that reads otherwise is not loaded at all.
 */
export const postgres = loadMended()

function loadMended(): typeof Driver {
  const hooks = registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (!url.endsWith('/postgres/cjs/src/connection.js')) return loaded
      return { ...loaded, source: mend(String(loaded.source)) }
    },
  })
  try {
    return createRequire(import.meta.url)('postgres')
  } finally {
    hooks.deregister()
  }
}

function mend(source: string): string {
  return mends.reduce((text, [asIs, mended]) => {
    if (!text.includes(asIs)) throw new Error('This version of postgres.js is not the mended one.')
    return text.replaceAll(asIs, mended)
  }, source)
}
