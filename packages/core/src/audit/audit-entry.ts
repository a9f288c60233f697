import type { Actor } from '../identity/caller.ts'
import type { Id } from '../ids.ts'

/** One thing that happened. Entries are added and sealed, never changed. */
export interface AuditEntry {
  id: Id
  at: Date
  actor: Actor
  action: string
  /** `<kind>:<id>` of what it happened to. */
  resource: string
  params: Readonly<Record<string, unknown>>
}

export type NewAuditEntry = Omit<AuditEntry, 'id' | 'at'>

/** An entry with its place in the chain. */
export interface SealedAuditEntry extends AuditEntry {
  seq: number
  prevHash: string
  hash: string
}
