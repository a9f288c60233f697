/** Where the bytes of versions are kept, each once, under the hash of what is in them. */
export interface BlobStore {
  /**
   * Takes the file at `path`, which was forced to the disk and is gone from there afterwards. Whoever looks
   * finds all of it or nothing, also after a crash; what a hash stands for never changes. Throws
   * `unavailable` where there is no room, and leaves the file where it is.
   */
  put(hash: string, path: string): Promise<void>
  find(hash: string): Promise<StoredBlob | undefined>
  /** Removes a blob; one that is not there is none too many. */
  delete(hash: string): Promise<void>
  /** Every blob, in no order. One that comes or goes meanwhile may be listed or not. */
  list(): AsyncIterable<{ hash: string; size: number }>
}

/** The bytes of a stored version. Holds nothing open: each read stands for itself. */
export interface StoredBlob {
  readonly size: number
  /** The bytes from `start` up to, and not including, `end`. Throws unless all of them are there. */
  read(start: number, end: number): Promise<Uint8Array>
  /** The same bytes chunk by chunk, for what is too large to hold; all of them if nothing is said. */
  stream(start?: number, end?: number): AsyncIterable<Uint8Array>
}
