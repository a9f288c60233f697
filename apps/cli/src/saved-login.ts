import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Terminal } from './command.ts'

/** What `login` leaves behind for the commands after it, readable by nobody else. */
export interface SavedLogin {
  url: string
  token: string
  email: string
}

export async function loadLogin(terminal: Terminal): Promise<SavedLogin | undefined> {
  try {
    return JSON.parse(await readFile(locate(terminal), 'utf8'))
  } catch {
    return undefined
  }
}

export async function saveLogin(terminal: Terminal, login: SavedLogin): Promise<void> {
  const path = locate(terminal)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await rm(path, { force: true })
  await writeFile(path, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
}

export async function forgetLogin(terminal: Terminal): Promise<void> {
  await rm(locate(terminal), { force: true })
}

function locate({ env }: Terminal): string {
  const base = env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config')
  return join(base, 'countersign', 'login.json')
}
