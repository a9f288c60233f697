import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { HookInput } from './hook-input.ts'

/**
 * The SHA-256 of every file that a tool call overwrites or names in its command, by its full path, so
 * that an approval is worth nothing once one of them is another.
 *
 * A word counts as a file when there is one of that name, in the folder of the call or in one that its
 * command changes to. What a command computes, a glob or a variable, is not followed.
 */
export async function hashOperands(
  call: HookInput,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {}
  for (const path of findPaths(call)) {
    signal.throwIfAborted()
    if (await isFile(path)) hashes[path] = await hashFile(path, signal)
  }
  return hashes
}

function findPaths({ input, cwd }: HookInput): Set<string> {
  const command = typeof input.command === 'string' ? input.command : ''
  const names = Object.values(input).filter((value) => typeof value === 'string' && value !== '')
  const words = command.split(/[\s'"`;|&<>()=]+/).filter(Boolean)
  const quoted = [...command.matchAll(/"([^"]+)"|'([^']+)'/g)].map(([, one, other]) => one ?? other)
  const folders = [...command.matchAll(/\b(?:cd|pushd)\s+["']?([^\s"';&|]+)/g)].map(([, to]) => to)
  const bases = ['.', ...folders].map((folder) => resolve(cwd, expandHome(String(folder))))
  const paths = [...names, ...words, ...quoted].map((name) => expandHome(String(name)))
  return new Set(bases.flatMap((base) => paths.map((path) => resolve(base, path))))
}

function expandHome(path: string): string {
  return path.replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/|$)/, homedir())
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  )
}

async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash, { signal })
  return hash.digest('hex')
}
