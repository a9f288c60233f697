import { open, rm, writeFile } from 'node:fs/promises'

/** Writes a file that is not there yet. If that fails half-way, it is not there afterwards either. */
export async function writeNewFile(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(path, 'wx')
  try {
    await writeFile(handle, chunks)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await handle.close()
  }
}
