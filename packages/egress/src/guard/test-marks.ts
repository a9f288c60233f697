/** What a process shows of itself. */
export interface ProcessView {
  env: Readonly<Record<string, string | undefined>>
  argv: readonly string[]
  globals: object
}

/** Variables by which test runners mark the processes that they run, and the children of those. */
const runnerVariables = [
  'NODE_TEST_CONTEXT',
  'VITEST',
  'VITEST_WORKER_ID',
  'JEST_WORKER_ID',
  'TEST_WORKER_INDEX',
  'PYTEST_CURRENT_TEST',
]

/** What runners leave in the global scope of the processes that they run. */
const runnerGlobals = ['__vitest_worker__', '__vitest_environment__']

/** Whether anything about a process says that a test runner started it. */
export function hasTestMark({ env, argv, globals }: ProcessView): boolean {
  return (
    runnerVariables.some((name) => env[name] !== undefined) ||
    Object.keys(env).some((name) => name.startsWith('MOCHA_')) ||
    env.NODE_ENV === 'test' ||
    runnerGlobals.some((name) => name in globals) ||
    /[./](test|spec)\.[cm]?[jt]sx?$/.test(argv[1] ?? '')
  )
}

/** This process, as it is at this moment. */
export function viewProcess(): ProcessView {
  return { env: process.env, argv: process.argv, globals: globalThis }
}
