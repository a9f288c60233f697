import { systemActor } from '@countersign/core/identity/caller'
import type { Ports } from '@countersign/core/ports'
import { type GuardRecord, onGuardRecord } from './admit.ts'
import { isOwnPart } from './target.ts'

/** As much of a logger as records need. */
export interface RecordLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

/**
 * Writes every decision of the guard to the log, until unsubscribed: a refusal as a warning, what the
 * sandbox let through as information. What concerns the outside stands in the audit too.
 */
export function recordDecisions({
  store,
  log,
}: Pick<Ports, 'store'> & { log: RecordLog }): () => void {
  return onGuardRecord((record) => {
    const { isAllowed, ...fields } = record
    if (isAllowed) log.info({ ...fields, pid: process.pid }, 'write ALLOWED')
    else log.warn({ ...fields, pid: process.pid }, 'write BLOCKED')
    if (isAllowed && isOwnPart(record.target)) return
    appendRecord({ store }, record).catch((error) => log.warn({ err: error }, 'audit failed'))
  })
}

function appendRecord({ store }: Pick<Ports, 'store'>, record: GuardRecord): Promise<void> {
  const { isAllowed, reason, target, op, workItem } = record
  return store.audit.append({
    actor: systemActor,
    action: isAllowed ? 'guard.allowed' : 'guard.blocked',
    resource: `${target.kind}:${target.id}`,
    params: { op, reason, work_item: workItem, pid: process.pid },
  })
}
