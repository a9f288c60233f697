import { spawnSync } from 'node:child_process'

/**
 * Lets a process write no file beyond so many bytes, as if its disk were full from there on. Gives the
 * exit code: a process may be gone.
 */
export function limitFiles(pid: number, bytes: string): number | null {
  return spawnSync('prlimit', ['--pid', `${pid}`, `--fsize=${bytes}:`]).status
}
