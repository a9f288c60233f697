import type { Id } from '../ids.ts'

/** A request that its sender may repeat without its happening twice. */
export interface RepeatableRequest {
  principalId: Id
  key: string
  method: string
  path: string
  /** What was sent. The same key with anything else is a mistake of the sender's. */
  requestHash: string
}

export interface StoredResponse {
  status: number
  headers: Record<string, string>
  body: Uint8Array
}

/** What became of the attempt to be the one that runs. */
export type IdempotencyClaim =
  | { kind: 'first'; leaseId: Id }
  | { kind: 'replay'; response: StoredResponse }
  | { kind: 'mismatch' }
  | { kind: 'running' }

/** Remembers the first response to every key for a day. */
export interface IdempotencyKeys {
  /** Takes the key, or tells why not. A request that died leaves its key to the next after the lease. */
  claim(request: RepeatableRequest, leaseMs: number): Promise<IdempotencyClaim>
  /** Keeps the response that the claim led to. */
  complete(request: RepeatableRequest, leaseId: Id, response: StoredResponse): Promise<void>
  /** Gives the key back: nothing happened that is worth repeating. */
  release(request: RepeatableRequest, leaseId: Id): Promise<void>
  /** Forgets what is older than a day. */
  forgetOld(): Promise<number>
}
