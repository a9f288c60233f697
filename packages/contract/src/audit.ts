import type { AuditReport } from '@countersign/core/audit/verify-audit'
import { Id } from '@countersign/core/ids'
import type { AuditRecord } from '@countersign/core/reads'
import { z } from 'zod'
import { Moment, PageQuery, viewMoment } from './page.ts'

export const AuditQuery = PageQuery.extend({
  actor: z.string().max(100).optional().describe('An id'),
  action: z.string().max(100).optional(),
  resource: z.string().max(200).optional().describe('`entity:<id>`, `submission:<id>` …'),
  from: Moment.transform((text) => new Date(text)).optional(),
  to: Moment.transform((text) => new Date(text)).optional(),
})

/** One thing that happened. `seq` and the hashes are null until the entry is sealed into the chain. */
export const AuditEntryView = z
  .object({
    id: Id,
    seq: z.int().nullable(),
    at: Moment,
    actor: z.object({ id: z.string(), kind: z.enum(['user', 'agent', 'system']) }),
    action: z.string(),
    resource: z.string(),
    params: z.record(z.string(), z.unknown()),
    prev_hash: z.string().nullable(),
    hash: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntryView = z.infer<typeof AuditEntryView>

export function viewAuditEntry(record: AuditRecord): AuditEntryView {
  const { id, seq, at, actor, action, resource, params, prevHash, hash } = record
  const moment = viewMoment(at)
  return {
    id,
    seq,
    at: moment,
    actor,
    action,
    resource,
    params: { ...params },
    prev_hash: prevHash,
    hash,
  }
}

export const AuditReportView = z
  .object({
    ok: z.boolean(),
    checked: z.int(),
    broken_at: z.int().nullable().describe('The first entry that does not follow from the last.'),
    unsealed: z.int().describe('Entries that are on record and not yet in the chain.'),
  })
  .meta({ id: 'AuditReport' })
export type AuditReportView = z.infer<typeof AuditReportView>

export function viewAuditReport({ ok, checked, brokenAt, unsealed }: AuditReport) {
  return { ok, checked, broken_at: brokenAt, unsealed }
}
