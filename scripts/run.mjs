// Runs a program of this repository: `node scripts/run.mjs FILE [ARGS]`.
//
// Installs what is missing, then starts FILE on a Node that runs TypeScript: the one that is running,
// or else the one that npm brought as `node-<platform>-<arch>`. npm 10 loses node_modules/.bin/node
// when two such packages share that name, so the binary is looked up by its path.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureConsole } from './build-console.mjs'
import { ensureInstalled } from './install.mjs'

const needed = [24, 12]
const root = fileURLToPath(new URL('../', import.meta.url))

ensureInstalled()
const node = findNode()
if (/apps\/(standalone|api|demo)\/src\/main\.ts$/.test(process.argv[2] ?? '')) ensureConsole(node)
const isOurs = process.argv[2]?.endsWith('src/main.ts') ?? false
const child = spawn(node, process.argv.slice(2), {
  // The channel tells one of our programs that this process is gone, however it went.
  stdio: isOurs ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  env: {
    // Programs leave what they compiled to those that come after them, which start in half the time.
    NODE_COMPILE_CACHE: `${root}node_modules/.cache/countersign/compiled`,
    ...process.env,
    PATH: [dirname(node), `${root}node_modules/.bin`, process.env.PATH].join(delimiter),
  },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
if (process.env.npm_lifecycle_event) stopWithNpm()
child.on('error', (error) => fail(error.message))
child.on('exit', (code, signal) => {
  if (!signal) process.exit(code ?? 1)
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
})

/** npm that is killed outright tells nobody; the program must not go on without it. */
function stopWithNpm() {
  const npm = process.ppid
  setInterval(() => process.ppid !== npm && child.kill(), 500).unref()
}

function findNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return process.execPath
  const brought = `${root}node_modules/node-${process.platform}-${process.arch}/bin/node`
  if (existsSync(brought)) return brought
  return fail(
    `Node ${needed.join('.')} or newer is needed. This is ${process.version}, and npm has none for ${process.platform}-${process.arch}.`,
  )
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
