import { StatusView, viewStatus } from '@countersign/contract/status'
import { FileListView, VersionInPath, viewFileEntry } from '@countersign/contract/version'
import { ServiceError } from '@countersign/core/errors'
import type { Caller } from '@countersign/core/identity/caller'
import { Id } from '@countersign/core/ids'
import type { Reads, VersionFiles } from '@countersign/core/reads'
import { requireVisible, seesWholeLife } from '@countersign/core/store/access'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import { type Api, media, problems } from '../router.ts'
import { sendBundle } from '../send-bundle.ts'

const tags = ['store']
const VersionParams = z.object({ id: Id, n: VersionInPath })

export function versionRoutes(app: Api, services: Services): void {
  statusRoute(app, services)
  fileRoutes(app, services)
  bundleRoute(app, services)
}

function statusRoute(app: Api, { reads, changes }: Services): void {
  app.get('/api/store/entities/:id/status', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'See how a review goes, or wait for its end',
      tags,
      params: z.object({ id: Id }),
      querystring: z.object({
        wait: z.coerce.number().min(0).max(50).default(0).describe('Seconds'),
        submission_id: Id.optional(),
      }),
      response: { 200: StatusView },
    },
    handler: async ({ caller, params, query, signal }) => {
      const read = () => readStatus(reads, caller, params.id, query.submission_id)
      const isOver = ({ submission }: StatusView) => submission?.status !== 'pending_llm'
      const waitMs = query.wait * 1000
      return changes.waitFor(read, isOver, { concerns: params.id, waitMs, signal })
    },
  })
}

async function readStatus(
  reads: Reads,
  caller: Caller,
  entityId: Id,
  submissionId: Id | undefined,
): Promise<StatusView> {
  const detail = await reads.findEntity(entityId, caller)
  const entity = requireVisible(caller, detail?.entity)
  if (!detail || !seesWholeLife(caller, entity)) return viewStatus(entity, null)
  const version = submissionId
    ? detail.versions.find((version) => version.submissionId === submissionId)
    : detail.versions.findLast((version) => version.submissionId !== null)
  if (submissionId && !version) throw new ServiceError('not_found')
  return viewStatus(entity, version ?? null)
}

/** A version that the caller may see: any for owners and admins, the live one for everybody else. */
async function requireVersion(
  reads: Reads,
  caller: Caller,
  { id, n }: z.infer<typeof VersionParams>,
) {
  const detail = await reads.findEntity(id, caller)
  const entity = requireVisible(caller, detail?.entity)
  const isServed = entity.liveN === n && entity.visibilityStatus === 'approved'
  const found = (isServed || seesWholeLife(caller, entity)) && (await reads.findFiles(id, n))
  if (!found) throw new ServiceError('version_not_found')
  return found
}

/** The same with its bytes: those of a blocked bundle are given up after a while. */
export async function requireBytes(
  reads: Reads,
  caller: Caller,
  version: z.infer<typeof VersionParams>,
): Promise<VersionFiles> {
  const found = await requireVersion(reads, caller, version)
  if (found.isPurged) throw new ServiceError('bundle_purged', { kind: 'gone' })
  return found
}

function fileRoutes(app: Api, { reads, bundles }: Services): void {
  app.get('/api/store/entities/:id/versions/:n/files', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'List the files of a version',
      tags,
      params: VersionParams,
      response: { 200: FileListView },
    },
    handler: async ({ caller, params }) => {
      const { files } = await requireVersion(reads, caller, params)
      return { items: files.map(viewFileEntry) }
    },
  })

  app.get('/api/store/entities/:id/versions/:n/files/*', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Read a file of a version, as it is, never rendered',
      tags,
      params: VersionParams.extend({ '*': z.string() }),
      response: {
        200: media('Its bytes.', 'text/plain', 'application/octet-stream'),
        ...problems(409, 410),
      },
    },
    handler: async ({ caller, params }, reply) => {
      const { hash, files } = await requireBytes(reads, caller, params)
      const entry = files.find(({ path }) => path === params['*'])
      const tree = entry && (await bundles.open(hash))
      const file = tree?.find(({ path }) => path === params['*'])
      if (!entry || !file) throw new ServiceError('not_found')
      const isText = entry.kind === 'text'
      void reply
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('content-disposition', isText ? 'inline' : 'attachment')
        .header('cache-control', 'private, no-cache')
        .type(isText ? 'text/plain; charset=utf-8' : 'application/octet-stream')
      return reply.serializer((bytes: unknown) => bytes as string).send(await file.read())
    },
  })
}

function bundleRoute(app: Api, { reads, bundles }: Services): void {
  app.get('/api/store/entities/:id/versions/:n/bundle.zip', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Download a version as it is served',
      tags,
      params: VersionParams,
      response: {
        200: media('The archive.', 'application/zip'),
        304: z.null(),
        ...problems(409, 410),
      },
    },
    handler: async ({ caller, params }, reply) => {
      const { hash } = await requireBytes(reads, caller, params)
      return sendBundle(bundles, hash, reply)
    },
  })
}
