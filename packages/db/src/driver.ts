import { createRequire, registerHooks } from 'node:module'
import type Driver from 'postgres'

/** What the files of the driver say, and what they should say. */
const mends: Readonly<Record<string, readonly (readonly [asIs: string, mended: string])[]>> = {
  '/postgres/cjs/src/connection.js': [
    [
      'if (terminated)\n      return queryError(',
      'if (terminated || !socket)\n      return !queryError(',
    ],
    [
      '    clearImmediate(nextWriteTimer)\n',
      '    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n',
    ],
  ],
  '/postgres/cjs/src/index.js': [
    [
      ': await sql`commit`\n',
      ': await sql`commit`.catch(async e => { await sql`rollback`.catch(() => {}); throw e })\n',
    ],
  ],
}

/**
 * postgres.js, with a mend of what it does when a line dies, and when a commit is cut off.
 *
 * As it is on npm, a step of a transaction whose line has just died writes to nothing, outside of every
 * `try`, which ends the process; and what was about to be written stays in front of whatever the next
 * line begins with, which then waits for an answer forever. Mended, such a step fails, and the next line
 * begins with nothing. A commit that fails before it has ended its transaction leaves the line inside of
 * it, where nobody gets it back from; mended, a rollback follows. A version that reads otherwise is not loaded at all.
 */
export const postgres = loadMended()

function loadMended(): typeof Driver {
  const hooks = registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      const [, ofFile] = Object.entries(mends).find(([file]) => url.endsWith(file)) ?? []
      return ofFile ? { ...loaded, source: mend(String(loaded.source), ofFile) } : loaded
    },
  })
  try {
    return createRequire(import.meta.url)('postgres')
  } finally {
    hooks.deregister()
  }
}

function mend(source: string, ofFile: readonly (readonly [string, string])[]): string {
  return ofFile.reduce((text, [asIs, mended]) => {
    if (!text.includes(asIs)) throw new Error('This version of postgres.js is not the mended one.')
    return text.replaceAll(asIs, mended)
  }, source)
}
