// Makes node_modules agree with package-lock.json. Plain JavaScript without dependencies: it runs
// on Node 20, before anything is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const root = new URL('../', import.meta.url)

/** Installs the dependencies if any that this machine needs is missing or of another version. */
export function ensureInstalled() {
  if (isInstalled()) return
  process.stderr.write('Installing dependencies (npm ci) …\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status, error } = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: withoutOmissions(process.env),
  })
  if (status === 0) return
  process.stderr.write(`npm ci failed${error ? `: ${error.message}` : ''}\n`)
  process.exit(status ?? 1)
}

/** Compares the lock with the copy of it that npm leaves in node_modules when it has finished. */
function isInstalled() {
  const written = new URL('node_modules/.package-lock.json', root)
  if (!existsSync(written)) return false
  const wanted = readPackages(new URL('package-lock.json', root))
  const present = readPackages(written)
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true
    const found = present[path]
    if (!found) return optional === true
    return link ? found.link === true : found.version === version
  })
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

/** An environment in which npm installs everything, whatever the caller's NODE_ENV asks for. */
function withoutOmissions(env) {
  const { NODE_ENV: _, npm_config_omit: __, ...rest } = env
  return rest
}
