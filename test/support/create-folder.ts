import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import type { AtEnd } from './database.ts'

/** A folder of the test's own, removed when it ends. Servers that run as somebody else may enter it. */
export async function createFolder(atEnd: AtEnd = onTestFinished): Promise<string> {
  const folder = await mkdtemp(join(inject('runFolder'), 'test-'))
  await chmod(folder, 0o755)
  atEnd(() => rm(folder, { recursive: true, force: true }))
  return folder
}
