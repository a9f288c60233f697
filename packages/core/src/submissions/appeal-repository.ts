import type { Id } from '../ids.ts'

/** Which refused submissions somebody wants looked at again. */
export interface AppealRepository {
  /** Asking once more asks anew. */
  raise(submissionId: Id): Promise<void>
  /** Does nothing where nobody asked. */
  settle(submissionId: Id): Promise<void>
}
