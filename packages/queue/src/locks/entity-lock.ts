/** Somebody else kept the lock for as long as we were ready to wait. */
export class LockTimeout extends Error {
  override readonly name = 'LockTimeout'
}

/** Whoever hands out locks did not answer in time; the code is Node's word for that. */
export class LockAway extends Error {
  override readonly name = 'LockAway'
  readonly code = 'ETIMEDOUT'
}

/**
 * Makes work on one key wait its turn.
 *
 * It spares edits from colliding; it guards nothing. A holder that stalls may lose it, and learns so
 * from the signal; the database's constraints hold whatever locks believe.
 */
export interface EntityLock {
  /** Runs `work` while holding the lock of `key`. Throws `LockTimeout` after waiting for `waitMs`, or `LockAway`. */
  withLock<T>(key: string, waitMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Grants everything at once: for the tests that prove that correctness does not rest on a lock. */
export const noLock: EntityLock = {
  withLock: (_key, _waitMs, work) => work(new AbortController().signal),
  close: async () => {},
}
