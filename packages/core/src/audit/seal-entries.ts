import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { AuditEntry, SealedAuditEntry } from './audit-entry.ts'

/** A place in the chain to go on from. */
export interface Link {
  seq: number
  hash: string
}

/** What the first entry follows. */
export const genesis: Link = { seq: 0, hash: '0'.repeat(64) }

/**
 * The hash of an entry: SHA-256 over the RFC 8785 form of the hash before it and everything in it.
 * Anyone with an exported file can compute it again.
 */
export function hashEntry(entry: AuditEntry & { seq: number; prevHash: string }): string {
  const { seq, id, at, actor, action, resource, params, prevHash } = entry
  const parties = { id: actor.id, kind: actor.kind }
  const body = [prevHash, seq, id, at.toISOString(), parties, action, resource, params]
  return createHash('sha256')
    .update(canonicalize(body) ?? '')
    .digest('hex')
}

/** Chains entries behind the last sealed one, in the order given. */
export function sealEntries(entries: readonly AuditEntry[], last: Link): SealedAuditEntry[] {
  let { seq, hash: prevHash } = last
  return entries.map((entry) => {
    seq += 1
    const placed = { ...entry, seq, prevHash }
    const hash = hashEntry(placed)
    prevHash = hash
    return { ...placed, hash }
  })
}

export interface Verification {
  ok: boolean
  checked: number
  /** The first entry that does not follow from the one before it. */
  brokenAt: number | null
}

/** Follows the chain over consecutive entries, from the first one or from a known link on. */
export function verifyEntries(
  entries: readonly SealedAuditEntry[],
  last: Link = genesis,
): Verification {
  let { seq, hash } = last
  for (const [index, entry] of entries.entries()) {
    const follows = entry.seq === seq + 1 && entry.prevHash === hash
    if (!follows || entry.hash !== hashEntry(entry)) {
      return { ok: false, checked: index, brokenAt: entry.seq }
    }
    seq = entry.seq
    hash = entry.hash
  }
  return { ok: true, checked: entries.length, brokenAt: null }
}
