import { Id } from '@countersign/core/ids'
import type { EntityDetail } from '@countersign/core/reads'
import { EntityType, VisibilityStatus } from '@countersign/core/store/entity'
import { SubmissionStatus } from '@countersign/core/submissions/submission'
import { z } from 'zod'
import { Moment, viewMoment } from './page.ts'
import { SubmissionView } from './submission.ts'

const VersionView = z
  .object({
    n: z.int(),
    hash: z.string(),
    size: z.int(),
    created_at: Moment,
    created_by: Id,
    submission_id: Id.nullable(),
    status: SubmissionStatus,
    restored_from: z.int().nullable(),
  })
  .meta({ id: 'Version' })

/** What people install. `version_no`, `version_hash` and `file_size` speak of the live version. */
export const EntityView = z
  .object({
    id: Id,
    type: EntityType,
    name: z.string(),
    slug: z.string(),
    owner: z.object({ id: Id, handle: z.string() }),
    description: z.string(),
    category: z.string().nullable(),
    visibility_status: VisibilityStatus,
    version_no: z.int().nullable(),
    version_hash: z.string().nullable(),
    file_size: z.int().nullable(),
    versions: z.array(VersionView).optional().describe('Shown to the owner and admins.'),
    latest_submission: z
      .object({ id: Id, status: SubmissionStatus, version_no: z.int() })
      .nullable()
      .optional()
      .describe('Shown to the owner and admins.'),
    installed: z.boolean(),
    install_count: z
      .int()
      .optional()
      .describe('How many people have it. Shown to the owner and admins, but not in lists.'),
    created_at: Moment,
    updated_at: Moment,
  })
  .meta({ id: 'Entity' })
export type EntityView = z.infer<typeof EntityView>

/** An entity, with the submission that a bundle sent along opened. */
export const SubmittedEntityView = EntityView.extend({
  submission: SubmissionView.optional(),
  dropped_files: z.array(z.string()).describe('Files of the archiver, left out.'),
}).meta({ id: 'SubmittedEntity' })
export type SubmittedEntityView = z.infer<typeof SubmittedEntityView>

/** Shows an entity as far as the viewer may see it. */
export function viewEntity(detail: EntityDetail, { isWhole }: { isWhole: boolean }): EntityView {
  const { entity, owner, live, latestSubmission, isInstalled, installCount } = detail
  return {
    id: entity.id,
    type: entity.type,
    name: entity.name,
    slug: entity.slug,
    owner,
    description: entity.description,
    category: entity.category,
    visibility_status: entity.visibilityStatus,
    version_no: entity.liveN,
    version_hash: live?.hash ?? null,
    file_size: live?.size ?? null,
    ...(isWhole
      ? {
          versions: detail.versions.map(viewVersion),
          latest_submission: latestSubmission && {
            id: latestSubmission.id,
            status: latestSubmission.status,
            version_no: latestSubmission.n,
          },
        }
      : {}),
    installed: isInstalled,
    ...(isWhole && installCount !== undefined ? { install_count: installCount } : {}),
    created_at: viewMoment(entity.createdAt),
    updated_at: viewMoment(entity.updatedAt),
  }
}

function viewVersion(version: EntityDetail['versions'][number]) {
  return {
    n: version.n,
    hash: version.hash,
    size: version.size,
    created_at: viewMoment(version.createdAt),
    created_by: version.createdBy,
    submission_id: version.submissionId,
    status: version.status,
    restored_from: version.restoredFrom,
  }
}
