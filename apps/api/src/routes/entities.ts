import { EntityView, SubmittedEntityView, viewEntity } from '@countersign/contract/entity'
import { PageQuery, pageOf, viewCursor } from '@countersign/contract/page'
import { RehearsalView, SubmitFields, viewRehearsal } from '@countersign/contract/submit'
import { Id } from '@countersign/core/ids'
import { seesWholeLife } from '@countersign/core/store/access'
import { EntityType } from '@countersign/core/store/entity'
import { rehearseSubmission } from '@countersign/core/submissions/rehearse-submission'
import { submitBundle } from '@countersign/core/submissions/submit-bundle'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import { requireUpload } from '../plugins/receive-upload.ts'
import { type Api, problems } from '../router.ts'
import { sendEntity, sendOffered } from '../views/view-entity.ts'

const tags = ['store']
const consumes = ['multipart/form-data']

const EntityQuery = PageQuery.extend({
  q: z.string().max(200).optional(),
  type: EntityType.optional(),
  owner: z.string().max(200).optional().describe('An id or a handle'),
  category: z.string().max(40).optional(),
  installed: z.stringbool().optional(),
})

export function entityRoutes(app: Api, services: Services): void {
  submitRoute(app, services)
  rehearseRoute(app, services)
  readRoutes(app, services)
}

function submitRoute(app: Api, services: Services): void {
  app.post('/api/store/entities', {
    config: { access: 'caller', gate: 'none', isRepeatable: true },
    schema: {
      summary: 'Submit a bundle',
      tags,
      consumes,
      body: SubmitFields,
      response: { 201: SubmittedEntityView, ...problems(409) },
    },
    handler: async (request, reply) => {
      const submitted = await submitBundle(services, readSubmission(request, request.body))
      void reply.code(201).header('location', `/api/store/entities/${submitted.entity.id}`)
      return sendOffered(services.reads, request.caller, submitted, reply)
    },
  })
}

function rehearseRoute(app: Api, services: Services): void {
  app.post('/api/store/entities/dryrun', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'See what the checks would say of a bundle',
      description:
        'Stores, audits and charges nothing, and so asks no model: `approve` means that only its word is missing.',
      tags,
      consumes,
      body: SubmitFields,
      response: { 200: RehearsalView },
    },
    handler: async (request) =>
      viewRehearsal(await rehearseSubmission(services, readSubmission(request, request.body))),
  })
}

function readSubmission(
  request: Pick<FastifyRequest, 'caller' | 'form'>,
  { file: _, ...fields }: z.output<typeof SubmitFields>,
) {
  return { caller: request.caller, upload: requireUpload(request), ...fields }
}

function readRoutes(app: Api, { reads }: Services): void {
  app.get('/api/store/entities', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'List what you may see',
      tags,
      querystring: EntityQuery,
      response: { 200: pageOf(EntityView) },
    },
    handler: async ({ caller, query: { limit, cursor, ...filter } }) => {
      const page = await reads.listEntities(filter, caller, { limit, cursor })
      return {
        items: page.items.map((detail) =>
          viewEntity(detail, { isWhole: seesWholeLife(caller, detail.entity) }),
        ),
        next_cursor: viewCursor(page.nextKey),
      }
    },
  })

  app.get('/api/store/entities/:id', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Read an entity',
      tags,
      params: z.object({ id: Id }),
      response: { 200: EntityView },
    },
    handler: ({ caller, params }, reply) => sendEntity(reads, caller, params.id, reply),
  })
}
