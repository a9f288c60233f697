import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { HookInput } from './hook-input.ts'
import { listOperands } from './list-operands.ts'

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
  for (const path of listOperands(call)) {
    signal.throwIfAborted()
    const size = await findSize(path)
    if (size !== undefined) hashes[path] ??= await hashFile(path, size, signal)
  }
  return hashes
}

/** The size of the file of that name; `undefined` if there is none. */
async function findSize(path: string): Promise<number | undefined> {
  return await stat(path).then(
    (stats) => (stats.isFile() ? stats.size : undefined),
    () => undefined,
  )
}

/** Of what the system only shows as a file, no more is read than it says there is: it may never end. */
async function hashFile(path: string, size: number, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  if (size > 0) await pipeline(createReadStream(path, { end: size - 1 }), hash, { signal })
  return hash.digest('hex')
}
