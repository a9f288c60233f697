import type { NewAuditEntry } from '../audit/audit-entry.ts'
import type { Actor } from '../identity/caller.ts'
import type { Store } from '../repositories.ts'
import type { EventType, NewEvent } from '../webhooks/event.ts'
import type { Entity } from './entity.ts'

export type EntityAction =
  | 'create'
  | 'update'
  | 'restore'
  | 'archive'
  | 'install'
  | 'uninstall'
  | 'delete'

export interface EntityChange {
  action: EntityAction
  actor: Actor
  entityId: string
  params?: Readonly<Record<string, unknown>>
}

/** Adds what happened to an entity to the audit, in the transaction in which it happens. */
export async function auditEntity(
  { audit }: Pick<Store, 'audit'>,
  change: EntityChange,
): Promise<void> {
  await audit.append(describeEntityChange(change))
}

/** The same in words, for whoever writes it with other things. */
export function describeEntityChange(change: EntityChange): NewAuditEntry {
  const { action, actor, entityId, params = {} } = change
  return { actor, action: `store.entity.${action}`, resource: `entity:${entityId}`, params }
}

/** Tells streams and webhooks what became of an entity. */
export async function recordEntity(
  { events }: Pick<Store, 'events'>,
  ...told: Parameters<typeof describeEntity>
): Promise<void> {
  await events.append(describeEntity(...told))
}

/** What became of an entity, in the words of the wire. */
export function describeEntity(
  type: EventType,
  entity: Entity,
  data: Readonly<Record<string, unknown>> = {},
): NewEvent {
  return {
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
  }
}
