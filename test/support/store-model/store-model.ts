import type { Who } from './commands.ts'

export type Status =
  | 'pending_llm'
  | 'needs_human'
  | 'approved'
  | 'overridden'
  | 'rejected'
  | 'withdrawn'
  | 'blocked_llm'
  | 'review_error'

export interface VersionModel {
  tag: string
  status: Status
  attempt: number
  isRestored: boolean
  /** Whether somebody should take it up. */
  isDue: boolean
  /** The review that took it up last. */
  lease: string | null
  rescan: { hideOnFail: boolean } | null
}

export interface EntityModel {
  label: string
  owner: Who
  name: string
  visibility: 'pending' | 'approved' | 'hidden' | 'archived'
  live: number | null
  /** Who installed it, whatever has become of it since. */
  installers: Who[]
  versions: VersionModel[]
}

/** What the store should hold. Small enough to be believed, and to be copied for every what-if. */
export interface StoreModel {
  entities: Map<string, EntityModel>
  /** Reviews that run, by label, and what they took up. */
  reviews: Map<string, { entity: string; n: number; wasLive: boolean }>
}

/** What a command came to: `done`, a verdict, or the code of a refusal. */
export type Outcome = string

/** A version that was just offered. */
export const fresh = (tag: string, isRestored = false): VersionModel => ({
  tag,
  isRestored,
  status: 'pending_llm',
  attempt: 1,
  isDue: true,
  lease: null,
  rescan: null,
})

/** Forwards only, or out of hiding. */
export function promote(entity: EntityModel, n: number): Outcome {
  const live = entity.live ?? 0
  if (n > live || (n === live && entity.visibility === 'hidden')) {
    entity.live = n
    entity.visibility = 'approved'
  }
  return 'done'
}

export function settle(version: VersionModel, status: Status): Outcome {
  Object.assign(version, { status, isDue: false, lease: null, rescan: null })
  return 'done'
}
