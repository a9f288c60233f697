import type { Id } from '../ids.ts'
import type { Suppression } from './suppression.ts'

export interface SuppressionRepository {
  insert(suppression: Omit<Suppression, 'createdAt' | 'revokedAt'>): Promise<Suppression>
  /** Ends a suppression; `undefined` if there is none, or it is over. */
  end(id: Id, by: Id): Promise<Suppression | undefined>
  /** Those of an entity that hold now, the oldest first. */
  listActive(entityId: Id): Promise<Suppression[]>
}
