import type { Actor } from '../identity/caller.ts'
import type { Store } from '../repositories.ts'
import type { EventType } from '../webhooks/event.ts'
import type { Entity } from './entity.ts'

export type EntityAction =
  | 'create'
  | 'update'
  | 'restore'
  | 'archive'
  | 'install'
  | 'uninstall'
  | 'delete'

/** Adds what happened to an entity to the audit, in the transaction in which it happens. */
export async function auditEntity(
  { audit }: Pick<Store, 'audit'>,
  entry: {
    action: EntityAction
    actor: Actor
    entityId: string
    params?: Readonly<Record<string, unknown>>
  },
): Promise<void> {
  await audit.append({
    actor: entry.actor,
    action: `store.entity.${entry.action}`,
    resource: `entity:${entry.entityId}`,
    params: entry.params ?? {},
  })
}

/** Tells streams and webhooks what became of an entity, in the words of the wire. */
export async function recordEntity(
  { events }: Pick<Store, 'events'>,
  type: EventType,
  entity: Entity,
  data: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await events.append({
    type,
    audienceId: entity.ownerId,
    // What is on the shelf is everybody's to see; what was taken off it concerns whoever installed it.
    isPublic: entity.liveN !== null,
    data: {
      entity_id: entity.id,
      type: entity.type,
      name: entity.name,
      slug: entity.slug,
      version_no: entity.liveN,
      visibility_status: entity.visibilityStatus,
      ...data,
    },
  })
}
