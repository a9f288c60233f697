import { PendingView } from '@countersign/contract/approvals/gate'
import { EntityView, SubmittedEntityView, viewEntity } from '@countersign/contract/entity'
import { PageQuery, pageOf, viewCursor } from '@countersign/contract/page'
import { EditFields } from '@countersign/contract/submit'
import { VersionInPath } from '@countersign/contract/version'
import { Id } from '@countersign/core/ids'
import { seesWholeLife } from '@countersign/core/store/access'
import { archiveEntity } from '@countersign/core/store/archive-entity'
import { deleteEntity } from '@countersign/core/store/deletion/delete-entity'
import { editEntity } from '@countersign/core/store/edit-entity'
import { installEntity, uninstallEntity } from '@countersign/core/store/install-entity'
import { restoreVersion } from '@countersign/core/store/restore-version'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import { readIfMatch } from '../etag.ts'
import { requireUpload } from '../plugins/receive-upload.ts'
import { type Api, problems } from '../router.ts'
import { SoloQuery, sendPending } from '../send-pending.ts'
import { sendOffered } from '../views/view-entity.ts'

const tags = ['store']
const params = z.object({ id: Id })

export function editRoutes(app: Api, services: Services): void {
  editRoute(app, services)
  restoreRoute(app, services)
  archiveRoute(app, services)
  installRoutes(app, services)
}

function editRoute(app: Api, services: Services): void {
  app.put('/api/store/entities/:id', {
    config: { access: 'caller', gate: 'none', isConditional: true },
    schema: {
      summary: 'Edit an entity',
      description:
        'As multipart with a `file`, everything waits for its approval; as JSON, it happens at once. Send the `ETag` that you read as `If-Match`.',
      tags,
      consumes: ['multipart/form-data', 'application/json'],
      params,
      body: EditFields,
      response: {
        200: SubmittedEntityView,
        ...problems(409),
      },
    },
    handler: async (request, reply) => {
      const { caller } = request
      const { file, ...fields } = request.body
      const edited = await editEntity(services, {
        caller,
        entityId: request.params.id,
        revisions: readIfMatch(request),
        upload: file === undefined ? undefined : requireUpload(request),
        ...fields,
      })
      return sendOffered(services.reads, caller, edited, reply)
    },
  })
}

function restoreRoute(app: Api, services: Services): void {
  app.post('/api/store/entities/:id/versions/:n/restore', {
    config: { access: 'caller', gate: 'none', isRepeatable: true, isConditional: true },
    schema: {
      summary: 'Copy an approved version forward as a new one',
      tags,
      params: z.object({ id: Id, n: VersionInPath }),
      response: { 200: SubmittedEntityView, ...problems(409) },
    },
    handler: async (request, reply) => {
      const { id: entityId, n } = request.params
      const revisions = readIfMatch(request)
      const { caller } = request
      const restored = await restoreVersion(services, { caller, entityId, n, revisions })
      return sendOffered(services.reads, caller, restored, reply)
    },
  })
}

function archiveRoute(app: Api, services: Services): void {
  app.delete('/api/store/entities/:id', {
    config: { access: 'caller', gate: 'store.entity.hard_delete' },
    schema: {
      summary: 'Archive an entity, or delete it for good',
      description:
        'Archiving takes it out of service and frees its name. `hard=true` removes it, once another admin has approved that: 202 until then; ask again after it.',
      tags,
      params,
      querystring: SoloQuery.extend({ hard: z.stringbool().default(false) }),
      response: { 202: PendingView, 204: z.null(), ...problems(409, 412, 500) },
    },
    handler: async ({ caller, params, query: { hard, solo: isSolo } }, reply) => {
      const target = { caller, entityId: params.id }
      if (hard) {
        const gated = await deleteEntity(services, { ...target, isSolo })
        if (gated.kind === 'pending') return sendPending(reply, gated.ticket)
      } else {
        await archiveEntity(services, target)
      }
      return reply.code(204).send(null)
    },
  })
}

function installRoutes(app: Api, services: Services): void {
  const url = '/api/store/entities/:id/install'
  app.post(url, {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Install an entity',
      tags,
      params,
      response: { 200: z.object({ installed: z.literal(true) }) },
    },
    handler: async ({ caller, params }) => {
      await installEntity(services, { caller, entityId: params.id })
      return { installed: true as const }
    },
  })

  app.delete(url, {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Uninstall an entity',
      tags,
      params,
      response: { 204: z.null() },
    },
    handler: async ({ caller, params }, reply) => {
      await uninstallEntity(services, { caller, entityId: params.id })
      return reply.code(204).send(null)
    },
  })

  app.get('/api/store/installs', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'List what you are served',
      tags,
      querystring: PageQuery,
      response: { 200: pageOf(EntityView) },
    },
    handler: async ({ caller, query }) => {
      const filter = { installed: true, isServed: true }
      const page = await services.reads.listEntities(filter, caller, query)
      const items = page.items.map((detail) =>
        viewEntity(detail, { isWhole: seesWholeLife(caller, detail.entity) }),
      )
      return { items, next_cursor: viewCursor(page.nextKey) }
    },
  })
}
