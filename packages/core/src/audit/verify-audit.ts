import type { Ports } from '../ports.ts'
import { genesis, type Link, type Verification, verifyEntries } from './seal-entries.ts'

export interface AuditReport extends Verification {
  /** Entries that are on record and not yet in the chain. */
  unsealed: number
}

const batch = 2000

/** Follows the whole chain in the database, a batch at a time. */
export async function verifyAudit({ store }: Pick<Ports, 'store'>): Promise<AuditReport> {
  let last: Link = genesis
  let checked = 0
  for (;;) {
    const entries = await store.audit.listSealed(last.seq, batch)
    const found = verifyEntries(entries, last)
    checked += found.checked
    const unsealed = await store.audit.countUnsealed()
    if (!found.ok) return { ...found, checked, unsealed }
    const end = entries.at(-1)
    if (!end) return { ok: true, checked, brokenAt: null, unsealed }
    last = end
  }
}
