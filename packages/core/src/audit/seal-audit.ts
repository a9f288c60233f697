import type { Ports } from '../ports.ts'
import { genesis, sealEntries } from './seal-entries.ts'

const batch = 1000

/**
 * Chains the entries that came since the last time, oldest first. One process seals at a time, so
 * writers never queue behind the chain. Gives how many it sealed.
 */
export async function sealAudit({ transact }: Pick<Ports, 'transact'>): Promise<number> {
  return transact(async ({ audit }) => {
    if (!(await audit.lockChain())) return 0
    const entries = await audit.listUnsealed(batch)
    await audit.seal(sealEntries(entries, (await audit.findLastSeal()) ?? genesis))
    return entries.length
  })
}
