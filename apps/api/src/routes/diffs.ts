import { diffTrees } from '@countersign/bundles/diff/diff-trees'
import { DiffView, VersionNumber } from '@countersign/contract/version'
import { ServiceError } from '@countersign/core/errors'
import type { Caller } from '@countersign/core/identity/caller'
import { Id } from '@countersign/core/ids'
import { requireVisible, seesWholeLife } from '@countersign/core/store/access'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import { type Api, problems } from '../router.ts'
import { requireBytes } from './versions.ts'

/** What changed between two versions, for those who see both. */
export function diffRoutes(app: Api, services: Services): void {
  app.get('/api/store/entities/:id/diff', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Compare two versions',
      tags: ['store'],
      params: z.object({ id: Id }),
      querystring: z.object({ from: VersionNumber, to: VersionNumber }),
      response: { 200: DiffView, ...problems(403, 409, 410) },
    },
    handler: async ({ caller, params: { id }, query }) => {
      await requireWholeLife(services, caller, id)
      const [before, after] = await Promise.all([
        openSide(services, caller, { id, n: query.from }),
        openSide(services, caller, { id, n: query.to }),
      ])
      const files = await diffTrees(before, after)
      return { files: files.map(({ fromPath, ...file }) => ({ ...file, from_path: fromPath })) }
    },
  })
}

async function requireWholeLife({ reads }: Services, caller: Caller, id: Id): Promise<void> {
  const detail = await reads.findEntity(id, caller)
  if (seesWholeLife(caller, requireVisible(caller, detail?.entity))) return
  throw new ServiceError('forbidden', { detail: 'Only its owner or an admin sees what changed.' })
}

async function openSide(
  { reads, bundles }: Services,
  caller: Caller,
  version: { id: Id; n: number },
) {
  const { hash, files } = await requireBytes(reads, caller, version)
  return { entries: files, tree: await bundles.open(hash) }
}
