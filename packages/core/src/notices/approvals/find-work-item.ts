import type { Approval } from '../../approvals/tickets/approval.ts'
import type { WorkItem } from '../channels.ts'

/** The piece of work that an action says it belongs to: `work_item` in its context. */
export function findWorkItem({ context }: Pick<Approval, 'context'>): WorkItem | undefined {
  const named = context.work_item
  return typeof named === 'string' && named.trim() !== '' ? { id: named.trim() } : undefined
}
