import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, resolve } from 'node:path'

/** Who a server runs as. Without `ids`: as we do. */
export interface Account {
  ids?: { uid: number; gid: number }
  /** Whether that user needs help to walk to its files, which lie in a folder closed to others. */
  needsPassage: boolean
}

export interface PrivateServer {
  /** Ends the server and waits until it has. */
  stop(): Promise<void>
}

/**
 * Runs a server under a shell that holds a pipe to us: when the pipe closes, whether we asked or were
 * killed, the shell interrupts the server and leaves. So a server never outlives its program.
 */
const supervisor = `exec 3<&0
"$@" </dev/null &
server=$!
( cat <&3 >/dev/null; kill -INT $server ) &
watcher=$!
wait $server
code=$?
kill $watcher 2>/dev/null
exit $code`

/** The user to be for a server that refuses to run as root, and whether it can reach `paths`. */
export async function findAccount(paths: readonly string[]): Promise<Account> {
  if (process.getuid?.() !== 0) return { needsPassage: false }
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const user = ['postgres', 'nobody'].flatMap((name) => users.filter((user) => user[0] === name))[0]
  if (!user)
    throw new Error('This is root, and there is no user to run PostgreSQL as. Set DATABASE_URL.')
  const ids = { uid: Number(user[2]), gid: Number(user[3]) }
  const reachable = await Promise.all(paths.map((path) => isReachable(dirname(path), ids)))
  return { ids, needsPassage: reachable.includes(false) }
}

/** Starts a server and waits for the line that says it is ready. */
export async function startServer(options: {
  command: readonly string[]
  account?: Account
  readyText: string
  env?: NodeJS.ProcessEnv
}): Promise<PrivateServer> {
  const [name = ''] = options.command
  const child = launch(['sh', '-c', supervisor, basename(name), ...options.command], options)
  await untilReady(child, options.readyText, basename(name))
  return {
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.stdin?.end()
      await ended
    },
  }
}

/** Runs a command and waits for its end. Throws with what it printed if it failed. */
export async function runToEnd(
  command: readonly string[],
  account: Account,
  env?: NodeJS.ProcessEnv,
): Promise<void> {
  const child = launch(command, { account, ...(env ? { env } : {}) })
  const output = collect(child)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${basename(command[0] ?? '')} failed (${code}).\n${output.text}`)
}

function launch(
  command: readonly string[],
  { account, env }: { account?: Account; env?: NodeJS.ProcessEnv },
): ChildProcess {
  const [file = '', ...args] = account?.needsPassage ? withPassage(command, account) : command
  return spawn(file, args, {
    cwd: tmpdir(),
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(env ? { env } : {}),
    ...(account?.ids && !account.needsPassage ? account.ids : {}),
  })
}

/** Changes the user but keeps the right to walk through closed folders: a checkout below /root is one. */
function withPassage(command: readonly string[], { ids }: Account): string[] {
  if (!ids) return [...command]
  const right = '+dac_read_search'
  return [
    'setpriv',
    ...[`--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups'],
    ...[`--inh-caps=${right}`, `--ambient-caps=${right}`],
    ...command,
  ]
}

async function untilReady(child: ChildProcess, readyText: string, name: string): Promise<void> {
  const output = collect(child)
  await new Promise<void>((ready, fail) => {
    const look = () => output.text.includes(readyText) && ready()
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.once('error', fail)
    child.once('exit', (code) =>
      fail(new Error(`${name} did not start (${code}).\n${output.text}`)),
    )
  })
}

/** The last 8 KiB of what a process prints. */
function collect(child: ChildProcess): { text: string } {
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output.text = (output.text + chunk).slice(-8192)
    })
  }
  return output
}

async function isReachable(dir: string, { uid, gid }: { uid: number; gid: number }) {
  for (let path = resolve(dir); ; path = dirname(path)) {
    const { uid: owner, gid: group, mode } = await stat(path)
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (path === dirname(path)) return true
  }
}
