import { open } from 'node:fs/promises'
import { explainNoRoom } from './no-room.ts'

/** Forces what was written to a file to the disk. Throws `unavailable` where there is no room after all. */
export async function forceFile(path: string): Promise<void> {
  try {
    await force(path, 'datasync')
  } catch (error) {
    throw explainNoRoom(error)
  }
}

/** Forces the names in a folder to the disk: that one came, or went. */
export async function forceFolder(path: string): Promise<void> {
  await force(path, 'sync')
}

async function force(path: string, how: 'datasync' | 'sync'): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle[how]()
  } finally {
    await handle.close()
  }
}
