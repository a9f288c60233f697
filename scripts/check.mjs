// Types, lint and unused code: everything about the source that needs no server. `npm run check`.
import { spawnSync } from 'node:child_process'
import { ensureInstalled } from './install.mjs'

export const checks = [
  ['types', ['node_modules/typescript/bin/tsc']],
  ['types of the console', ['node_modules/typescript/bin/tsc', '-p', 'apps/console']],
  ['lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']],
  ['unused code', ['node_modules/knip/bin/knip.js', '--no-progress']],
]

/** Runs every check and tells which ones failed. */
export function runChecks() {
  ensureInstalled()
  return checks.filter(([name, args]) => {
    const { status } = spawnSync(process.execPath, ['scripts/run.mjs', ...args], {
      stdio: ['ignore', 2, 2],
    })
    process.stderr.write(`${status === 0 ? '✓' : '✗'} ${name}\n`)
    return status !== 0
  })
}

if (import.meta.filename === process.argv[1]) process.exit(runChecks().length === 0 ? 0 : 1)
