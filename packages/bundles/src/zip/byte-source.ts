import { closeSync, fstatSync, open, read } from 'node:fs'
import { promisify } from 'node:util'

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

const openFile = promisify(open)
const readFile = promisify(read)

/** A file that can be read even after its name is gone, until it is disposed of. */
export async function openFileSource(path: string): Promise<ByteSource & AsyncDisposable> {
  const file = await openFile(path, 'r')
  // What is open is known to the system, which need not look at the disk to tell of it or to close it.
  const { size } = fstatSync(file)
  if (size > smallBytesMax) {
    const readPart = (start: number, end: number) => readOpen(file, start, end)
    return { size, read: readPart, [Symbol.asyncDispose]: async () => closeSync(file) }
  }
  try {
    const bytes = await readOpen(file, 0, size)
    return { ...createBytesSource(bytes), async [Symbol.asyncDispose]() {} }
  } finally {
    closeSync(file)
  }
}

/** The bytes of a file from `start` up to, and not including, `end`. Throws unless all of them are there. */
export async function readFilePart(path: string, start: number, end: number): Promise<Uint8Array> {
  const file = await openFile(path, 'r')
  try {
    return await readOpen(file, start, end)
  } finally {
    closeSync(file)
  }
}

async function readOpen(file: number, start: number, end: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(end - start)
  let filled = 0
  while (filled < bytes.length) {
    const left = bytes.length - filled
    const { bytesRead } = await readFile(file, bytes, filled, left, start + filled)
    if (bytesRead === 0) throw new RangeError('Read past the end of the file.')
    filled += bytesRead
  }
  return bytes
}
