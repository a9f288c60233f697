import { posix } from 'node:path'

/** What an agent may touch without anybody's leave. */
export interface Sandbox {
  type: 'read_only' | 'workspace_write' | 'danger_full_access'
  /** Absolute paths. None given: the workspace root that each action names. */
  writableRoots?: string[] | undefined
  /** `false` keeps the agent off the network; not given, each fetch is asked about. */
  network?: boolean | undefined
}

export const defaultSandbox: Sandbox = { type: 'workspace_write' }

/** Full access and the bypass of approvals go together, and with nothing else. */
export const fullAccess: Sandbox = { type: 'danger_full_access' }

const byWidth = ['read_only', 'workspace_write', 'danger_full_access'] as const

/** Whether a sandbox lets anything through that another one does not. */
export function isWider(sandbox: Sandbox, than: Sandbox): boolean {
  if (byWidth.indexOf(sandbox.type) > byWidth.indexOf(than.type)) return true
  if (than.type === 'danger_full_access') return false
  if (than.network === false && sandbox.network !== false) return true
  return !rootsLieIn(sandbox.writableRoots, than.writableRoots)
}

/** No roots mean the one that each action names, which may be any. */
function rootsLieIn(roots: readonly string[] = [], within: readonly string[] = []): boolean {
  if (within.length === 0) return roots.length === 0
  return roots.length > 0 && roots.every((path) => within.some((root) => isUnder(root, path)))
}

/** Whether an absolute path is a root or lies below it, by its name alone. */
export function isUnder(root: string, path: string): boolean {
  if (!posix.isAbsolute(root)) return false
  const way = posix.relative(posix.normalize(root), posix.normalize(path))
  return way !== '..' && !way.startsWith('../')
}
