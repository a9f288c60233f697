import type { FindingView, SuppressionView } from '@countersign/sdk'
import { queryOptions } from '@tanstack/react-query'
import { countersign } from '../session/client.ts'

/** Where a rule is taken to be wrong: in one entity, or anywhere. */
export function suppressionsQuery(entityId?: string) {
  return queryOptions({
    queryKey: ['suppressions', entityId ?? 'all'],
    queryFn: () => countersign.suppressions.list({ entity_id: entityId, limit: 200 }),
  })
}

/** The suppression that covers a finding from the next inspection on, if one does. */
export function findCover(
  { rule_id: rule, fingerprint }: FindingView,
  fileSha256: string | undefined,
  suppressions: readonly SuppressionView[],
): SuppressionView | undefined {
  return suppressions.find(
    (one) =>
      one.rule_id === rule &&
      (one.fingerprint === null ? one.file_sha256 === fileSha256 : one.fingerprint === fingerprint),
  )
}
