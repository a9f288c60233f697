import type { Id } from '../../ids.ts'
import type { Submission } from '../../submissions/submission.ts'

/** Many reviews that are asked about at once. What is done with it is read from its row. */
export interface ReviewBatch {
  id: Id
  /** The provider's name for it; `null` until it was handed in. */
  providerId: string | null
  model: string
  failures: number
  createdAt: Date
  submittedAt: Date | null
}

/** A batch with a lease on it. */
export type HeldBatch = ReviewBatch & { leaseId: Id }

export interface BatchRepository {
  /** Puts an attempt down for the next batch. */
  want(submissionId: Id, attempt: number): Promise<void>
  /**
   * Opens a batch of attempts that wait for one, the oldest first, and holds it; `undefined` if none
   * does. Two that open at once never share an attempt.
   */
  open(request: { model: string; sizeMax: number; leaseMs: number }): Promise<HeldBatch | undefined>
  /** Takes a batch that is due for a while; `undefined` if there is none. */
  claim(leaseMs: number): Promise<HeldBatch | undefined>
  /** The submissions of a batch that still wait for it, in the attempt that was put down. */
  listWaiting(batchId: Id): Promise<Submission[]>
  /** Leaves attempts for a later batch. */
  putBack(batchId: Id, submissionIds: readonly Id[]): Promise<void>
  /** Sends attempts the ordinary way, at once: those named, or all that wait. */
  release(batchId: Id, submissionIds?: readonly Id[]): Promise<void>
  /** Writes what the holder of a lease found out, and gives the lease back; says whether it was held. */
  settle(
    held: Pick<HeldBatch, 'id' | 'leaseId'>,
    changes: {
      providerId?: string
      failures?: number
      error?: string
      /** When to look again; `null` once it has ended. */
      dueInMs: number | null
    },
  ): Promise<boolean>
}
