import {
  SuppressionBody,
  SuppressionQuery,
  SuppressionView,
  viewSuppression,
} from '@countersign/contract/operations/suppression'
import { pageOf, viewPage } from '@countersign/contract/page'
import { Id } from '@countersign/core/ids'
import { endSuppression } from '@countersign/core/suppressions/end-suppression'
import { suppressFinding } from '@countersign/core/suppressions/suppress-finding'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { type Api, problems } from '../../router.ts'

const root = '/api/admin/suppressions'
const tags = ['operations']
const config = { access: 'admin', gate: 'none' } as const

/** Where admins say that a rule is wrong about something. */
export function suppressionRoutes(app: Api, services: Services): void {
  app.get(root, {
    config,
    schema: {
      summary: 'List the suppressions',
      tags,
      querystring: SuppressionQuery,
      response: { 200: pageOf(SuppressionView) },
    },
    handler: async ({ query: { entity_id: entityId, active: isActive, ...page } }) => {
      return viewPage(
        await services.reads.listSuppressions({ entityId, isActive }, page),
        viewSuppression,
      )
    },
  })

  app.post(root, {
    config: { ...config, isRepeatable: true },
    schema: {
      summary: 'Let a rule be wrong about one thing in one entity, for a time',
      description:
        'What it covers stays listed, marked, and stops nothing. It ends with its time, and when the bytes that it speaks of change. Verdicts that were reached stay: rescan the version.',
      tags,
      body: SuppressionBody,
      response: { 201: SuppressionView, ...problems(404) },
    },
    handler: async ({ caller, body }, reply) => {
      const suppression = await suppressFinding(services, {
        caller,
        entityId: body.entity_id,
        ruleId: body.rule_id,
        scope:
          body.fingerprint === undefined
            ? { fileSha256: body.file_sha256 ?? '' }
            : { fingerprint: body.fingerprint },
        reason: body.reason,
        expiresInDays: body.expires_in_days,
      })
      return reply.code(201).send(viewSuppression(suppression))
    },
  })

  app.delete(`${root}/:id`, {
    config,
    schema: {
      summary: 'End a suppression',
      tags,
      params: z.object({ id: Id }),
      response: { 204: z.null() },
    },
    handler: async ({ caller, params }, reply) => {
      await endSuppression(services, { caller, suppressionId: params.id })
      return reply.code(204).send(null)
    },
  })
}
