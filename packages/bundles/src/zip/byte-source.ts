import { type FileHandle, open } from 'node:fs/promises'

/** Bytes that can be read from any place: a file, a stored blob, or a buffer. */
export interface ByteSource {
  readonly size: number
  /** The bytes from `start` up to, and not including, `end`. Throws unless all of them are there. */
  read(start: number, end: number): Promise<Uint8Array>
}

/** Bytes that are in memory already. */
export function createBytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    async read(start, end) {
      if (start < 0 || end > bytes.length) throw new RangeError('Read past the end of the bytes.')
      return bytes.subarray(start, end)
    },
  }
}

/** Files up to this size are read at once: they are in memory for less than it takes to ask twice. */
const smallBytesMax = 1 << 20

/** A file that can be read even after its name is gone, until it is disposed of. */
export async function openFileSource(path: string): Promise<ByteSource & AsyncDisposable> {
  const handle = await open(path, 'r')
  const { size } = await handle.stat()
  const source = createHandleSource(handle, size)
  if (size > smallBytesMax) return { ...source, [Symbol.asyncDispose]: () => handle.close() }
  try {
    return { ...createBytesSource(await source.read(0, size)), async [Symbol.asyncDispose]() {} }
  } finally {
    await handle.close()
  }
}

function createHandleSource(handle: FileHandle, size: number): ByteSource {
  return {
    size,
    async read(start, end) {
      const bytes = Buffer.allocUnsafe(end - start)
      let filled = 0
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(
          bytes,
          filled,
          bytes.length - filled,
          start + filled,
        )
        if (bytesRead === 0) throw new RangeError('Read past the end of the file.')
        filled += bytesRead
      }
      return bytes
    },
  }
}
