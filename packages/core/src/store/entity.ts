import { z } from 'zod'
import type { Id } from '../ids.ts'

export const EntityType = z.enum(['skill', 'agent', 'plugin'])
export type EntityType = z.infer<typeof EntityType>

/** The life of what is served: never the verdict on a version, which is the submission's status. */
export const VisibilityStatus = z.enum(['pending', 'approved', 'hidden', 'archived'])
export type VisibilityStatus = z.infer<typeof VisibilityStatus>

/** The named thing that people install. */
export interface Entity {
  id: Id
  type: EntityType
  ownerId: Id
  name: string
  slug: string
  description: string
  category: string | null
  visibilityStatus: VisibilityStatus
  /** The version that is served; `null` before the first approval. */
  liveN: number | null
  highestN: number
  revision: number
  createdAt: Date
  updatedAt: Date
}

/** What an entity is made of; the rest of it is the same for all that are new. */
export type NewEntity = Pick<
  Entity,
  'id' | 'type' | 'ownerId' | 'name' | 'slug' | 'description' | 'category'
>

/** One immutable bundle of an entity. */
export interface Version {
  entityId: Id
  n: number
  contentHash: string
  restoredFrom: number | null
  authorVersion: string | null
  createdBy: Id
  createdAt: Date
}

/**
 * The kebab form of a name: what two names of one owner must differ in. Empty if the name has neither
 * a letter nor a digit that survives in ASCII.
 *
 * @example
 * kebab('Crème  Brûlée!') // 'creme-brulee'
 */
export function kebab(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
}

/** The folder of a skill inside the served plugin, and the name of that plugin. */
export function slugFor(name: string, ownerHandle: string): string {
  return `${kebab(name)}-by-${ownerHandle}`
}
