// Builds the web console into apps/console/dist where that is missing or older than its sources.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const dist = `${root}apps/console/dist`
const sources = ['apps/console/src', 'apps/console/public', 'packages/sdk/src']
const files = ['apps/console/index.html', 'apps/console/vite.config.ts', 'package-lock.json']

/** Makes sure that what is served is what the sources say. Without it, the API serves no console. */
export function ensureConsole(node = process.execPath) {
  // An image that carries only what was built has nothing to compare it with.
  if (!existsSync(`${root}apps/console/src`)) return
  const stamp = hashSources()
  if (readStamp() === stamp) return
  process.stderr.write('Building the console …\n')
  // Built aside and moved into place, so that nobody ever serves half of it.
  const fresh = `${dist}-${process.pid}`
  const vite = `${root}node_modules/vite/bin/vite.js`
  const flags = ['--outDir', fresh, '--emptyOutDir', '--logLevel', 'error']
  const { status } = spawnSync(node, [vite, 'build', `${root}apps/console`, ...flags], {
    stdio: ['ignore', 2, 2],
    // Whatever the caller is, what is built is for use.
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (status === 0) {
    writeFileSync(`${fresh}/.stamp`, stamp)
    rmSync(dist, { recursive: true, force: true })
    renameSync(fresh, dist)
  } else {
    rmSync(fresh, { recursive: true, force: true })
    process.stderr.write('The console could not be built. The API runs without it.\n')
    process.exitCode = 1
  }
}

function readStamp() {
  return existsSync(`${dist}/.stamp`) ? readFileSync(`${dist}/.stamp`, 'utf8') : undefined
}

/** A digest of everything that the build reads. */
function hashSources() {
  const inFolders = sources.flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`),
  )
  const hash = createHash('sha256')
  for (const path of [...inFolders, ...files.map((file) => root + file)].sort()) {
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

if (import.meta.filename === process.argv[1]) ensureConsole()
