import { ServiceError } from '../errors.ts'
import { actorOf, type Caller, isAdmin } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../repositories.ts'
import { requireEditable } from './access.ts'
import type { Entity } from './entity.ts'
import { auditEntity, recordEntity } from './record-entity.ts'

/**
 * Takes an entity out of service and frees its name. Its versions and their verdicts stay on record; a
 * verdict that is on its way is recorded as skipped. Archiving twice is the same as once.
 */
export async function archiveEntity(
  { store, transact, locks }: Pick<Ports, 'store' | 'transact' | 'locks'>,
  { caller, entityId }: { caller: Caller; entityId: Id },
): Promise<void> {
  requireEditable(caller, await store.entities.find(entityId))
  await locks.withEntity(entityId, () =>
    transact(async (tx) => {
      const entity = requireEditable(caller, await tx.entities.lock(entityId))
      if (entity.visibilityStatus === 'archived') return
      if (!isAdmin(caller)) await refuseFlagged(tx, entity)
      await stopReview(tx, entity)
      await tx.entities.releaseSlugs(entityId, 'all')
      const archived = await tx.entities.update(entityId, { visibilityStatus: 'archived' })
      const actor = actorOf(caller)
      const params = { prior_status: entity.visibilityStatus }
      await auditEntity(tx, { action: 'archive', actor, entityId, params })
      await recordEntity(tx, 'entity.archived', archived)
    }),
  )
}

/** An owner does not make flagged evidence disappear before an admin has looked at it. */
async function refuseFlagged(store: Store, entity: Entity): Promise<void> {
  const neverApproved = entity.visibilityStatus === 'pending'
  const isFlagged = neverApproved && (await store.submissions.hasAdverse(entity.id))
  if (isFlagged || entity.visibilityStatus === 'hidden') {
    throw new ServiceError('quarantined_owner_cannot_delete')
  }
}

/** Nobody works on for an entity that is gone. The verdict keeps its own status: it is another axis. */
async function stopReview({ submissions }: Store, entity: Entity): Promise<void> {
  const open = await submissions.findOpen(entity.id)
  if (open?.status === 'pending_llm') await submissions.swap(open, { dueInMs: null })
}
