import { type Gated, gateDestructive } from '../../approvals/gate/gate-destructive.ts'
import { ServiceError } from '../../errors.ts'
import { actorOf, type Caller, isAdmin } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import { requireVisible } from '../access.ts'
import type { Entity } from '../entity.ts'
import { auditEntity, recordEntity } from '../record-entity.ts'

/**
 * Removes an entity with all its versions for good, once another admin has approved exactly that. If
 * it changes after it was asked about, it is asked about anew. The audit keeps what happened to it.
 */
export async function deleteEntity(
  ports: Pick<Ports, 'store' | 'transact' | 'locks'>,
  { caller, entityId, isSolo }: { caller: Caller; entityId: Id; isSolo: boolean },
): Promise<Gated<void>> {
  const entity = requireVisible(caller, await ports.store.entities.find(entityId))
  if (!isAdmin(caller)) throw new ServiceError('hard_delete_admin_only')
  const gated = {
    caller,
    alone: isSolo ? ('only_admin' as const) : undefined,
    action: 'store.entity.hard_delete' as const,
    context: describe(entity),
    reason: `Delete ${entity.type} ${entity.name} for good`,
  }
  return ports.locks.withEntity(entityId, () =>
    gateDestructive(ports, gated, async (store) => {
      const locked = await store.entities.lock(entityId)
      if (locked?.revision !== entity.revision) throw new ServiceError('precondition_failed')
      const actor = actorOf(caller)
      await auditEntity(store, { action: 'delete', actor, entityId, params: describe(entity) })
      await recordEntity(store, 'entity.deleted', entity)
      await store.entities.delete(entityId)
    }),
  )
}

function describe({ id, type, name, slug, ownerId, liveN, revision }: Entity) {
  return {
    entity_id: id,
    type,
    name,
    slug,
    owner_id: ownerId,
    version_no: liveN,
    revision,
  }
}
