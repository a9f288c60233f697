import { type EntityView, viewEntity } from '@countersign/contract/entity'
import { viewChecks } from '@countersign/contract/finding'
import { viewSubmission } from '@countersign/contract/submission'
import { ServiceError } from '@countersign/core/errors'
import type { Caller } from '@countersign/core/identity/caller'
import type { Id } from '@countersign/core/ids'
import type { BakedVersion } from '@countersign/core/ports'
import type { EntityDetail, Reads } from '@countersign/core/reads'
import { requireVisible, seesWholeLife } from '@countersign/core/store/access'
import type { Entity } from '@countersign/core/store/entity'
import type { Submission } from '@countersign/core/submissions/submission'
import type { FastifyReply } from 'fastify'
import { viewEtag } from '../etag.ts'
import { describeNew } from './describe-new.ts'

/** Shows an entity to a caller who may know of it, with its revision as the ETag. */
export async function sendEntity(
  reads: Pick<Reads, 'findEntity'>,
  caller: Caller,
  id: Id,
  reply: FastifyReply,
): Promise<EntityView> {
  const detail = await reads.findEntity(id, caller)
  requireVisible(caller, detail?.entity)
  if (!detail) throw new ServiceError('not_found')
  return show(caller, detail, reply)
}

function show(caller: Caller, detail: EntityDetail, reply: FastifyReply): EntityView {
  void reply.header('etag', viewEtag(detail.entity.revision))
  return viewEntity(detail, { isWhole: seesWholeLife(caller, detail.entity) })
}

interface Offered {
  entity: Entity
  submission?: Submission
  baked?: BakedVersion
  droppedFiles?: string[]
}

/**
 * Shows what became of a bundle that was sent: the entity with the submission; or, where a check
 * blocked it, the problem that tells why and what was kept.
 */
export async function sendOffered(
  reads: Pick<Reads, 'findEntity' | 'findSubmission'>,
  caller: Caller,
  { entity, submission, baked, droppedFiles = [] }: Offered,
  reply: FastifyReply,
) {
  if (submission?.status === 'blocked_inline' && baked) {
    const { checks } = baked.inspection
    throw new ServiceError('submission_blocked', {
      detail: summarize(baked),
      members: { submission_id: submission.id, entity_id: entity.id, checks: viewChecks(checks) },
    })
  }
  const known = submission && baked && describeNew(caller, { entity, submission, baked })
  const [view, detail] = known
    ? [show(caller, known.entity, reply), known.submission]
    : await Promise.all([
        sendEntity(reads, caller, entity.id, reply),
        submission && reads.findSubmission(submission.id),
      ])
  return {
    ...view,
    ...(detail ? { submission: viewSubmission(detail) } : {}),
    dropped_files: droppedFiles,
  }
}

/** The first thing to act on, for those who read no further. */
function summarize({ inspection }: BakedVersion): string {
  const failed = Object.values(inspection.checks).filter(({ status }) => status === 'fail')
  const [first] = failed.flatMap(({ findings }) => findings.filter(({ tier }) => tier === 'block'))
  if (!first) return 'The checks blocked the bundle.'
  const place = first.file ? `${first.file}${first.line ? `:${first.line}` : ''}: ` : ''
  return `${place}${first.message}`
}
