import { closeSync, openSync, rmSync, writevSync } from 'node:fs'

/**
 * Writes a file that is not there yet. If that fails half-way, it is not there afterwards either.
 *
 * Whether a crash leaves it is another matter: `forceFile` makes sure. Waits for each write rather than come
 * back to it: for threads and programs that have nobody else to serve.
 */
export async function writeNewFile(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const file = openSync(path, 'wx')
  try {
    for await (const step of inSteps(chunks)) writeAll(file, step)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
}

/** A disk may take less at a time than it is given. */
function writeAll(file: number, pieces: Uint8Array[]): void {
  let left = pieces
  while (left.length > 0) left = skip(left, writevSync(file, left))
}

/** What is left of pieces behind so many bytes. */
function skip(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let at = bytes
  return pieces.flatMap((piece) => {
    const rest = piece.subarray(at)
    at = Math.max(0, at - piece.length)
    return rest.length > 0 ? [rest] : []
  })
}

/** Bundles are many small pieces, and each write is a trip to the disk. */
const stepBytes = 256 << 10
/** What a system takes at once. */
const piecesMax = 1000

async function* inSteps(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array[]> {
  let waiting: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    waiting.push(chunk)
    size += chunk.length
    if (size < stepBytes && waiting.length < piecesMax) continue
    yield waiting
    waiting = []
    size = 0
  }
  yield waiting
}
