// Lets a storm rage for longer: `npm run chaos -- --seconds 600 --seed 7`.
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '600' }, seed: { type: 'string', default: '1' } },
})
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'chaos']
const args = ['scripts/run.mjs', ...vitest, 'test/chaos/storm.test.ts', '--reporter', 'verbose']
const env = { ...process.env, CHAOS_SECONDS: values.seconds, CHAOS_SEED: values.seed }
spawn(process.execPath, args, { stdio: 'inherit', env }).on('exit', (code) => {
  process.exitCode = code ?? 1
})
