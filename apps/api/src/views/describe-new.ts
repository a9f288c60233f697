import type { Caller } from '@countersign/core/identity/caller'
import type { BakedVersion } from '@countersign/core/ports'
import type { EntityDetail, SubmissionDetail } from '@countersign/core/reads'
import type { Entity } from '@countersign/core/store/entity'
import type { Submission } from '@countersign/core/submissions/submission'

/** What a person has just submitted as something new, with everything that its wire form needs. */
interface NewDetail {
  entity: EntityDetail
  submission: SubmissionDetail
}

/**
 * Describes a new entity from what was written, without reading it back: it has this one version, its
 * owner is the caller, and nobody can have installed it or claimed its review. `undefined` where there
 * is more to know.
 */
export function describeNew(
  { id, kind, email, personHandle: handle }: Caller,
  { entity, submission, baked }: { entity: Entity; submission: Submission; baked: BakedVersion },
): NewDetail | undefined {
  const { n, status, createdAt } = submission
  if (kind !== 'user' || n !== 1) return undefined
  const { hash, contentHash, size, inspection } = baked
  const version = { n, hash, size, createdAt, createdBy: id, status, restoredFrom: null }
  return {
    entity: {
      entity,
      owner: { id, handle },
      live: entity.liveN === n ? { hash, size } : null,
      versions: [{ ...version, submissionId: submission.id }],
      latestSubmission: { id: submission.id, status, n },
      isInstalled: false,
      installCount: 0,
    },
    submission: {
      submission,
      entity,
      submitter: { id, email },
      assignee: null,
      appealedAt: null,
      contentHash,
      checks: inspection.checks,
    },
  }
}
