import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeOf } from '@countersign/core/code-of'

const memory = '/dev/shm'
const prefix = 'countersign-run-'
/** More than a run has ever written, several times over. */
const plentyBytes = 8 * 2 ** 30

/**
 * A folder for all that a run of the tests writes: in memory, where there is plenty of it, since what is
 * gone in a minute is not worth a disk. What runs that were killed have left is removed first.
 */
export function createRunFolder(): string {
  for (const parent of [memory, tmpdir()]) removeLeftovers(parent)
  const folder = mkdtempSync(join(hasPlenty() ? memory : tmpdir(), `${prefix}${process.pid}-`))
  chmodSync(folder, 0o755)
  return folder
}

function hasPlenty(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory)
    return Math.min(bavail * bsize, process.availableMemory()) > plentyBytes
  } catch {
    return false
  }
}

function removeLeftovers(parent: string): void {
  for (const name of listOf(parent)) {
    const [, pid] = new RegExp(`^${prefix}(\\d+)-`).exec(name) ?? []
    if (pid && !isAlive(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true })
  }
}

function listOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) !== 'ESRCH'
  }
}
