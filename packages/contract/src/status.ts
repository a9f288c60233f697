import { Id } from '@countersign/core/ids'
import type { VersionSummary } from '@countersign/core/reads'
import { type Entity, VisibilityStatus } from '@countersign/core/store/entity'
import { SubmissionStatus } from '@countersign/core/submissions/submission'
import { z } from 'zod'

/** How a review goes. Whoever is no owner and no admin sees only what is served. */
export const StatusView = z
  .object({
    entity_id: Id,
    visibility_status: VisibilityStatus,
    version_no: z.int().nullable(),
    submission: z.object({ id: Id, status: SubmissionStatus }).nullable(),
  })
  .meta({ id: 'Status' })
export type StatusView = z.infer<typeof StatusView>

export function viewStatus(entity: Entity, version: VersionSummary | null): StatusView {
  return {
    entity_id: entity.id,
    visibility_status: entity.visibilityStatus,
    version_no: entity.liveN,
    submission: version?.submissionId ? { id: version.submissionId, status: version.status } : null,
  }
}
