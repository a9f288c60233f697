// Asks the registry whether anything that ships has a known vulnerability: `npm run audit:dependencies`.
// A registry that cannot be asked, or keeps no advisories, is told of and fails nothing.
import { spawnSync } from 'node:child_process'

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const { stdout, stderr } = spawnSync(npm, ['audit', '--json', '--omit=dev'], {
  cwd: new URL('../', import.meta.url),
  encoding: 'utf8',
  timeout: 60_000,
  shell: process.platform === 'win32',
})
const report = parse(stdout)
if (!report?.vulnerabilities) {
  const reason = report?.message ?? report?.error?.summary ?? stderr.trim().split('\n')[0]
  console.log(`SKIPPED: the registry tells of no advisories. ${reason || ''}`)
  process.exit(0)
}
const found = Object.values(report.vulnerabilities)
for (const { name, severity, range } of found) console.log(`${severity}: ${name} ${range}`)
console.log(`${found.length} of the dependencies that ship have a known vulnerability.`)
process.exit(found.length === 0 ? 0 : 1)

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
