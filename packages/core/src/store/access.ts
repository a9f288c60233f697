import { ServiceError } from '../errors.ts'
import { type Caller, isAdmin } from '../identity/caller.ts'
import type { Entity } from './entity.ts'

/** Whether the entity is the caller's, or that of the person an agent acts for. */
export function isOwner(caller: Caller, entity: Pick<Entity, 'ownerId'>): boolean {
  return entity.ownerId === caller.personId
}

/** Owners and admins see an entity's whole life; everybody else, only what is served. */
export function seesWholeLife(caller: Caller, entity: Pick<Entity, 'ownerId'>): boolean {
  return isOwner(caller, entity) || isAdmin(caller)
}

/** Gives the entity back if the caller may know of it; otherwise it does not exist for them. */
export function requireVisible(caller: Caller, entity: Entity | undefined): Entity {
  const visible =
    entity && (entity.visibilityStatus === 'approved' || seesWholeLife(caller, entity))
  if (!visible) throw new ServiceError('not_found')
  return entity
}

/** Gives the entity back if the caller may change it: 404 for what they cannot see, 403 for what they can. */
export function requireEditable(caller: Caller, entity: Entity | undefined): Entity {
  const visible = requireVisible(caller, entity)
  if (!seesWholeLife(caller, visible)) {
    throw new ServiceError('forbidden', { detail: 'Only its owner or an admin may change this.' })
  }
  return visible
}

/** Refuses changes of what was archived: its name is free, and may be somebody else's by now. */
export function requireUnarchived(entity: Entity): Entity {
  if (entity.visibilityStatus === 'archived') {
    throw new ServiceError('entity_archived')
  }
  return entity
}
