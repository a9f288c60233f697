import { hasTestMark } from '@countersign/egress/guard/test-marks'
import { describe, expect, test } from 'vitest'
import { runUnmarked } from '../../support/live-process.ts'

const bare = { env: {}, argv: ['node', '/srv/apps/api/src/main.ts'], globals: {} }

const decideTwice = `
import { decide } from '@countersign/egress/guard/decide'
import { declareRuntime } from '@countersign/egress/guard/runtime'
import { targetOf } from '@countersign/egress/guard/target'
const target = targetOf('tracker', 'https://plane.example', 'acme', 'production')
const before = decide(target, 'set-state')
if (process.env.RUNTIME) declareRuntime(process.env.RUNTIME)
const after = decide(target, 'set-state')
for (const name of ['VITEST', 'NODE_TEST_CONTEXT']) delete process.env[name]
console.log(JSON.stringify([before, after, decide(target, 'set-state'), decide(null, '')]))
`

const refused = [false, 'opt-in-disabled']
const passed = [true, 'live-runtime']

test.each([
  'live',
  'staging',
])('S1-05 S1-06 a process declared as %s writes everything', async (runtime) => {
  const decisions = await runUnmarked(decideTwice, { RUNTIME: runtime })
  expect(decisions).toEqual([refused, passed, passed, passed])
})

test('a process that declares nothing counts as a test', async () => {
  expect(await runUnmarked(decideTwice)).toEqual([refused, refused, refused, refused])
})

test('S1-14 a runner’s mark outlives its variables, and outweighs what was declared', async () => {
  const env = { RUNTIME: 'live', VITEST: 'true' }
  expect(await runUnmarked(decideTwice, env)).toEqual([refused, refused, refused, refused])
})

test('a mark that appears after the declaration counts from then on', async () => {
  const late = decideTwice.replace('const after', "process.env.VITEST = 'true'\nconst after")
  const decisions = await runUnmarked(late, { RUNTIME: 'live' })
  expect(decisions).toEqual([refused, refused, refused, refused])
})

test('the runtime is declared once', async () => {
  const twice = `
import { declareRuntime } from '@countersign/egress/guard/runtime'
declareRuntime('live')
try { declareRuntime('staging') } catch (error) { console.log(JSON.stringify(error.message)) }
`
  expect(await runUnmarked(twice)).toBe('The runtime was declared already, as live.')
})

describe('S1-15 a test process shows itself by', () => {
  test.each([
    ['a variable of node:test', { env: { NODE_TEST_CONTEXT: 'child-v8' } }],
    ['a variable of vitest', { env: { VITEST: '' } }],
    ['a variable of jest', { env: { JEST_WORKER_ID: '1' } }],
    ['the current test of pytest, which started us', { env: { PYTEST_CURRENT_TEST: 'test_a' } }],
    ['any variable of mocha', { env: { MOCHA_COLORS: '1' } }],
    ['its environment’s name', { env: { NODE_ENV: 'test' } }],
    ['what vitest leaves in the global scope', { globals: { __vitest_worker__: {} } }],
    ['the name of the file that it runs', { argv: ['node', '/app/tracker.test.ts'] }],
  ])('%s', (_, shown) => {
    expect(hasTestMark({ ...bare, ...shown })).toBe(true)
  })

  test('and an operator’s process by none of it', () => {
    expect(hasTestMark({ ...bare, env: { NODE_ENV: 'production', VITE_URL: 'x' } })).toBe(false)
  })
})
