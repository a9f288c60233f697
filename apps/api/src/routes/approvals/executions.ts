import { ExecutionView, ResultBody, viewExecution } from '@countersign/contract/approvals/execution'
import { reportExecution } from '@countersign/core/approvals/executions/report-execution'
import { ServiceError } from '@countersign/core/errors'
import { isAdmin } from '@countersign/core/identity/caller'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { type Api, problems } from '../../router.ts'

const tags = ['approvals']
const params = z.object({ id: Id })

export function executionRoutes(app: Api, services: Services): void {
  app.get('/api/executions/:id', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Read what was let through',
      tags,
      params,
      response: { 200: ExecutionView },
    },
    handler: async ({ caller, params }) => {
      const execution = await services.store.executions.find(params.id)
      const isKnown = execution && (execution.principalId === caller.id || isAdmin(caller))
      if (!isKnown) throw new ServiceError('not_found')
      return viewExecution(execution)
    },
  })

  app.post('/api/executions/:id/result', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Report how it ended',
      tags,
      params,
      body: ResultBody,
      response: { 200: ExecutionView, ...problems(409) },
    },
    handler: async ({ caller, params, body }) => {
      const { status, error = null } = body
      const report = { caller, executionId: params.id, status, error }
      return viewExecution(await reportExecution(services, report))
    },
  })
}
