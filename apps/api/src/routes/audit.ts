import {
  AuditEntryView,
  AuditQuery,
  AuditReportView,
  viewAuditEntry,
  viewAuditReport,
} from '@countersign/contract/audit'
import { pageOf, viewPage } from '@countersign/contract/page'
import { sealAudit } from '@countersign/core/audit/seal-audit'
import { verifyAudit } from '@countersign/core/audit/verify-audit'
import type { Services } from '../compose.ts'
import type { Api } from '../router.ts'

const tags = ['operations']
const config = { access: 'admin', gate: 'none' } as const

export function auditRoutes(app: Api, services: Services): void {
  app.get('/api/admin/audit', {
    config,
    schema: {
      summary: 'List what happened',
      tags,
      querystring: AuditQuery,
      response: { 200: pageOf(AuditEntryView) },
    },
    handler: async ({ query: { limit, cursor, ...filter } }) => {
      return viewPage(await services.reads.listAudit(filter, { limit, cursor }), viewAuditEntry)
    },
  })

  app.get('/api/admin/audit/verify', {
    config,
    schema: {
      summary: 'Follow the chain of the audit',
      tags,
      response: { 200: AuditReportView },
    },
    handler: async () => {
      await sealAudit(services)
      return viewAuditReport(await verifyAudit(services))
    },
  })
}
