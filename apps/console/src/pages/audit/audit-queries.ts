import type { AuditEntryView } from '@countersign/sdk'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { countersign } from '../../session/client.ts'
import { queryClient } from '../../session/query-client.ts'
import type { AuditSearch } from './audit-search.ts'

const pageSize = 100

/** The times of the form are the reader's own; the service wants an offset. */
function toFilter({ after: _, from, to, ...same }: AuditSearch) {
  return {
    ...same,
    ...(from && { from: new Date(from).toISOString() }),
    ...(to && { to: new Date(to).toISOString() }),
  }
}

export function auditQuery(search: AuditSearch) {
  return queryOptions({
    queryKey: ['audit', search],
    queryFn: () =>
      countersign.admin.audit({ ...toFilter(search), limit: pageSize, cursor: search.after }),
    placeholderData: keepPreviousData,
  })
}

export const chainQuery = queryOptions({
  queryKey: ['audit-chain'],
  queryFn: async () => {
    const report = await countersign.admin.verifyAudit()
    // Verifying seals what is on record, so the entries have their numbers now.
    void queryClient.invalidateQueries({ queryKey: ['audit'] })
    return report
  },
  staleTime: Number.POSITIVE_INFINITY,
})

/** Every entry that the filter leaves, the oldest first. */
export async function readWhole(search: AuditSearch): Promise<AuditEntryView[]> {
  const entries: AuditEntryView[] = []
  let cursor: string | undefined
  do {
    const page = await countersign.admin.audit({ ...toFilter(search), limit: 200, cursor })
    entries.push(...page.items)
    cursor = page.next_cursor ?? undefined
  } while (cursor)
  return entries.reverse()
}
