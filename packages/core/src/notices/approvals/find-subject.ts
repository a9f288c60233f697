import type { Approval } from '../../approvals/tickets/approval.ts'
import type { Id } from '../../ids.ts'
import type { Store } from '../../repositories.ts'
import type { Notice } from '../notice.ts'

/** What the messages about a request are filed under. */
export function subjectOf(approvalId: Id): string {
  return `approval:${approvalId}`
}

/** The request that a notice speaks of, read anew: what became of it since counts. */
export async function findSubject(
  { approvals }: Pick<Store, 'approvals'>,
  { data }: Notice,
): Promise<{ about: string; approval: Approval | undefined }> {
  const id = String(data.approval_id)
  return { about: subjectOf(id), approval: await approvals.find(id) }
}
