import {
  AdminSubmissionList,
  AdminSubmissionView,
  viewAdminSubmission,
} from '@countersign/contract/admin'
import { viewEntity } from '@countersign/contract/entity'
import { PageQuery, viewPage } from '@countersign/contract/page'
import { viewSubmission } from '@countersign/contract/submission'
import { ServiceError } from '@countersign/core/errors'
import { Severity } from '@countersign/core/guardrails/finding'
import { Id } from '@countersign/core/ids'
import { EntityType } from '@countersign/core/store/entity'
import { auditDownload } from '@countersign/core/submissions/audit-download'
import { SubmissionStatus } from '@countersign/core/submissions/submission'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import { viewEtag } from '../etag.ts'
import { type Api, media, problems } from '../router.ts'
import { sendBundle } from '../send-bundle.ts'

const tags = ['admin']
const params = z.object({ id: Id })

/** One status, or several with commas between them, or the parameter several times. */
const Statuses = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().flatMap((part) => part.split(',').filter(Boolean)))
  .pipe(z.array(SubmissionStatus))

const SubmissionQuery = PageQuery.extend({
  status: Statuses.optional(),
  type: EntityType.optional(),
  q: z.string().max(200).optional(),
  submitter: z.string().max(254).optional().describe('An id or an e-mail'),
  severity: Severity.optional(),
  rule: z.string().max(100).optional().describe('A rule of the checks that found something in it'),
  held: z.stringbool().optional(),
  appealed: z
    .stringbool()
    .optional()
    .describe('Only refused ones that somebody wants looked at again'),
  claimed: z.enum(['me', 'nobody']).optional(),
  archived: z.stringbool().optional().describe('Whether archived entities show up too'),
})

export function adminSubmissionRoutes(app: Api, services: Services): void {
  listRoute(app, services)
  readRoute(app, services)
  downloadRoute(app, services)
}

function listRoute(app: Api, { reads }: Services): void {
  app.get('/api/admin/store/submissions', {
    config: { access: 'admin', gate: 'none' },
    schema: {
      summary: 'List submissions, with a count of each status',
      tags,
      querystring: SubmissionQuery,
      response: { 200: AdminSubmissionList },
    },
    handler: async ({ caller, query: { limit, cursor, status, archived, claimed, ...query } }) => {
      const claimedBy = claimed && { me: caller.id, nobody: null }[claimed]
      const filter = { ...query, statuses: status, includeArchived: archived, claimedBy }
      const [page, counts] = await Promise.all([
        reads.listSubmissions(filter, { limit, cursor }),
        reads.countSubmissions(filter),
      ])
      return { ...viewPage(page, viewSubmission), counts }
    },
  })
}

function readRoute(app: Api, { reads }: Services): void {
  app.get('/api/admin/store/submissions/:id', {
    config: { access: 'admin', gate: 'none' },
    schema: {
      summary: 'Read a submission with all that a decision needs',
      tags,
      params,
      response: { 200: AdminSubmissionView },
    },
    handler: async ({ caller, params }, reply) => {
      const detail = await reads.findSubmission(params.id)
      const { entityId, n, revision } = detail?.submission ?? {}
      const entity = entityId && (await reads.findEntity(entityId, caller))
      if (!detail || !entity || !n || !revision) throw new ServiceError('not_found')
      const [files, timeline] = await Promise.all([
        reads.findFiles(entity.entity.id, n),
        reads.listTimeline([`submission:${params.id}`, `entity:${entity.entity.id}`]),
      ])
      void reply.header('etag', viewEtag(revision))
      return viewAdminSubmission({
        submission: viewSubmission(detail),
        entity: viewEntity(entity, { isWhole: true }),
        files: files?.files ?? [],
        timeline,
        previousN: findPrevious(entity.versions, n),
      })
    },
  })
}

/** The version that was served, or could have been, before this one. */
function findPrevious(versions: readonly { n: number; status: SubmissionStatus }[], n: number) {
  const passed = versions.filter(({ status }) => status === 'approved' || status === 'overridden')
  return passed.findLast((version) => version.n < n)?.n ?? null
}

function downloadRoute(app: Api, { transact, store, bundles }: Services): void {
  app.get('/api/admin/store/submissions/:id/bundle.zip', {
    config: { access: 'admin', gate: 'none' },
    schema: {
      summary: 'Download what was submitted',
      tags,
      params,
      response: {
        200: media('The archive.', 'application/zip'),
        304: z.null(),
        ...problems(409, 410),
      },
    },
    handler: async ({ caller, params }, reply) => {
      const submission = await store.submissions.find(params.id)
      if (!submission) throw new ServiceError('not_found')
      if (submission.bundlePurgedAt) throw new ServiceError('bundle_purged', { kind: 'gone' })
      await auditDownload({ transact }, { caller, submissionId: params.id })
      return sendBundle(bundles, submission.versionHash, reply)
    },
  })
}
