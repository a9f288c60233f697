import type { StoredBlob } from '@countersign/core/store/blob-store'
import type { StoredFile } from './open-archive.ts'

/**
 * Reads files of an archive one after the other, in one go over the blob: for whoever needs all of them,
 * that is one request to the store instead of thousands. They are given in the order of the archive.
 */
export async function* readStoredFiles(
  blob: StoredBlob,
  files: readonly StoredFile[],
): AsyncGenerator<[file: StoredFile, bytes: Uint8Array]> {
  const [first, last] = [files[0], files.at(-1)]
  if (!first || !last) return
  const take = createCutter(blob.stream(first.start, last.start + last.size))
  let at = first.start
  for (const file of files) {
    await take(file.start - at)
    yield [file, await take(file.size)]
    at = file.start + file.size
  }
}

/** Cuts a stream into pieces of the lengths that are asked for. */
function createCutter(stream: AsyncIterable<Uint8Array>) {
  const chunks = stream[Symbol.asyncIterator]()
  let rest: Uint8Array = Buffer.alloc(0)

  return async (length: number): Promise<Uint8Array> => {
    const parts: Uint8Array[] = []
    let missing = length
    while (missing > 0) {
      if (rest.length === 0) {
        const { done, value } = await chunks.next()
        if (done) throw new RangeError('The archive ends early.')
        rest = value
      }
      const part = rest.subarray(0, missing)
      rest = rest.subarray(part.length)
      missing -= part.length
      parts.push(part)
    }
    return Buffer.concat(parts, length)
  }
}
