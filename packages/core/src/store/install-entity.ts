import { ServiceError } from '../errors.ts'
import { actorOf, type Caller } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../repositories.ts'
import type { Entity } from './entity.ts'
import { auditEntity } from './record-entity.ts'

interface InstallRequest {
  caller: Caller
  entityId: Id
}

/**
 * Adds an entity to what a person is served. What is not served to anybody cannot be installed, not
 * even by its owner. Installing twice is the same as once.
 */
export async function installEntity(
  { transact }: Pick<Ports, 'transact'>,
  { caller, entityId }: InstallRequest,
): Promise<void> {
  await transact(async (store) => {
    const entity = await requireServed(store, entityId)
    const isNew = await store.installs.insert(caller.personId, entityId)
    const actor = actorOf(caller)
    const params = { version_no: entity.liveN }
    if (isNew) await auditEntity(store, { action: 'install', actor, entityId, params })
  })
}

/**
 * Removes an entity from what a person is served, whatever has become of it since. Removing it twice is
 * the same as once; what is not served, and they do not have, is not there.
 */
export async function uninstallEntity(
  { transact }: Pick<Ports, 'transact'>,
  { caller, entityId }: InstallRequest,
): Promise<void> {
  await transact(async (store) => {
    const wasThere = await store.installs.delete(caller.personId, entityId)
    const actor = actorOf(caller)
    if (wasThere) await auditEntity(store, { action: 'uninstall', actor, entityId })
    else await requireServed(store, entityId)
  })
}

async function requireServed({ entities }: Store, id: Id): Promise<Entity> {
  const entity = await entities.find(id)
  if (entity?.visibilityStatus !== 'approved') throw new ServiceError('not_found')
  return entity
}
