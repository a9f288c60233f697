import { posix } from 'node:path'
import { ServiceError } from '../../errors.ts'
import { spell } from '../actions/action-map.ts'
import { isUnder, type Sandbox } from '../sessions/sandbox.ts'

/** What steers an agent or a repository from inside the workspace: writing there is leaving it. */
const protectedNames = new Set([
  '.git',
  '.agents',
  '.claude',
  '.codex',
  '.countersign',
  '.husky',
  '.mcp.json',
])

const reads = new Set(['fs.read', 'fs.list', 'fs.stat'])

interface PathContext {
  path?: unknown
  cwd?: unknown
  workspace_root?: unknown
}

/**
 * Whether an action on the file system or the network stays within the sandbox. Names alone are
 * looked at: where a link leads is for the sandbox of the machine to say.
 */
export function staysInside(action: string, context: PathContext, sandbox: Sandbox): boolean {
  if (sandbox.type === 'danger_full_access') return true
  const name = spell(action)
  if (name.startsWith('net.')) return sandbox.network !== false
  if (!name.startsWith('fs.')) return true
  const isRead = reads.has(name)
  if (sandbox.type === 'read_only' && !isRead) return false
  const path = locate(context)
  if (path === undefined || (!isRead && isProtected(path))) return false
  return rootsOf(context, sandbox).some((root) => isUnder(root, path))
}

function locate({ path, cwd }: PathContext): string | undefined {
  if (typeof path !== 'string' || path === '') {
    const message = 'must be the path of the file'
    throw new ServiceError('validation_failed', {
      detail: `context.path: ${message}`,
      members: { errors: [{ path: 'context.path', message }] },
    })
  }
  if (posix.isAbsolute(path)) return posix.normalize(path)
  if (typeof cwd !== 'string' || !posix.isAbsolute(cwd)) return undefined
  return posix.resolve(cwd, path)
}

function rootsOf({ workspace_root: root }: PathContext, { writableRoots = [] }: Sandbox): string[] {
  if (writableRoots.length > 0) return writableRoots
  return typeof root === 'string' ? [root] : []
}

function isProtected(path: string): boolean {
  return path.split('/').some((name) => protectedNames.has(fold(name)))
}

/**
 * A name as the most lenient file system reads it: capitals, other forms of a letter, what is not seen,
 * dots and blanks at its end and the name of a stream behind it make no other file on every one.
 */
function fold(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/:.*/s, '')
    .replace(/(?<![. ])[. ]+$/, '')
}
