// The gate: the README's test command, then types, lint and unused code. Its last line tells the counts.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checks, runChecks } from './check.mjs'

const dir = mkdtempSync(join(tmpdir(), 'countersign-ci-'))
const report = join(dir, 'report.json')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const status = await runTests()
const tests = readReport()
const failedChecks = runChecks()
rmSync(dir, { recursive: true, force: true })

const failed = tests.failed + failedChecks.length + (status !== 0 && tests.failed === 0 ? 1 : 0)
const passed = tests.passed + checks.length - failedChecks.length
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** Runs them to their end, or to the end of this process if somebody asks for it; gives the exit code. */
function runTests() {
  const npm = spawn('npm', ['test', '--', ...reporters], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CI: '1' },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      npm.once('exit', () => process.kill(process.pid, signal))
      npm.kill(signal)
    })
  }
  return new Promise((resolve, reject) => npm.once('error', reject).once('exit', resolve))
}

/** The counts that vitest wrote; none at all if it died before it could. */
function readReport() {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests }
  } catch {
    return { passed: 0, failed: 0 }
  }
}
