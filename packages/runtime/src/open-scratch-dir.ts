import { access, constants, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'

/** The folder for bundles that are being worked on. Throws at once if nothing can be written there. */
export async function openScratchDir({ DATA_DIR }: Pick<Config, 'DATA_DIR'>): Promise<string> {
  const dir = join(DATA_DIR, 'scratch')
  await mkdir(dir, { recursive: true })
  await access(dir, constants.W_OK)
  return dir
}
