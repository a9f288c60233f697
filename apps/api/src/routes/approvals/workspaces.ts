import { PendingView } from '@countersign/contract/approvals/gate'
import {
  viewWorkspace,
  WorkspaceBody,
  WorkspacePatch,
  WorkspaceView,
} from '@countersign/contract/approvals/workspace'
import { PageQuery, pageOf, viewPage } from '@countersign/contract/page'
import { createWorkspace } from '@countersign/core/approvals/workspaces/create-workspace'
import { deleteWorkspace } from '@countersign/core/approvals/workspaces/delete-workspace'
import { requireWorkspace } from '@countersign/core/approvals/workspaces/require-workspace'
import { updateWorkspace } from '@countersign/core/approvals/workspaces/update-workspace'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { type Api, problems } from '../../router.ts'
import { SoloQuery, sendPending } from '../../send-pending.ts'

const tags = ['workspaces']
const params = z.object({ id: Id })
const config = { access: 'caller', gate: 'none' } as const

/** Where actions are asked about. */
export function workspaceRoutes(app: Api, services: Services): void {
  readRoutes(app, services)
  createRoute(app, services)
  updateRoute(app, services)
  deleteRoute(app, services)
}

function readRoutes(app: Api, { reads, store }: Services): void {
  app.get('/api/workspaces', {
    config,
    schema: {
      summary: 'List the workspaces you may ask in',
      tags,
      querystring: PageQuery,
      response: { 200: pageOf(WorkspaceView) },
    },
    handler: async ({ caller, query }) => {
      return viewPage(await reads.listWorkspaces(caller, query), viewWorkspace)
    },
  })

  app.get('/api/workspaces/:id', {
    config,
    schema: {
      summary: 'Read a workspace',
      tags,
      params,
      response: { 200: WorkspaceView },
    },
    handler: async ({ caller, params }) => {
      const { workspace } = await requireWorkspace(store, caller, params.id)
      return viewWorkspace(workspace)
    },
  })
}

function createRoute(app: Api, services: Services): void {
  app.post('/api/workspaces', {
    config: { ...config, isRepeatable: true },
    schema: {
      summary: 'Add a workspace',
      tags,
      body: WorkspaceBody,
      response: { 201: WorkspaceView, ...problems(404) },
    },
    handler: async ({ caller, body }, reply) => {
      const { name, parent_id: parentId = null, max_mode: maxMode = null } = body
      const added = { caller, name, parentId, maxMode }
      const workspace = await createWorkspace(services, added)
      void reply.code(201).header('location', `/api/workspaces/${workspace.id}`)
      return viewWorkspace(workspace)
    },
  })
}

function updateRoute(app: Api, services: Services): void {
  app.patch('/api/workspaces/:id', {
    config,
    schema: {
      summary: 'Rename a workspace, or limit the modes in it',
      tags,
      params,
      body: WorkspacePatch,
      response: { 200: WorkspaceView },
    },
    handler: async ({ caller, params, body: { name, max_mode: maxMode } }) => {
      const change = { caller, workspaceId: params.id, patch: { name, maxMode } }
      return viewWorkspace(await updateWorkspace(services, change))
    },
  })
}

function deleteRoute(app: Api, services: Services): void {
  app.delete('/api/workspaces/:id', {
    config: { access: 'caller', gate: 'delete_workspace' },
    schema: {
      summary: 'Close a workspace',
      description: 'Once somebody else has approved it: 202 until then; ask again after it.',
      tags,
      params,
      querystring: SoloQuery,
      response: { 202: PendingView, 204: z.null(), ...problems(409, 500) },
    },
    handler: async ({ caller, params, query: { solo: isSolo } }, reply) => {
      const gated = await deleteWorkspace(services, { caller, workspaceId: params.id, isSolo })
      if (gated.kind === 'pending') return sendPending(reply, gated.ticket)
      return reply.code(204).send(null)
    },
  })
}
