import type { Id } from '../ids.ts'

/** Who has taken which submission to decide on it. */
export interface AssignmentRepository {
  /** Gives a submission to somebody, unless somebody has it; tells who has it then. */
  take(submissionId: Id, principalId: Id): Promise<Id>
  /** Says whether somebody had it. */
  release(submissionId: Id): Promise<boolean>
}
