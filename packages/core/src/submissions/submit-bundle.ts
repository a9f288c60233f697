import { ServiceError } from '../errors.ts'
import { actorOf, type Caller } from '../identity/caller.ts'
import { newId } from '../ids.ts'
import type { OpenedBundle, Ports, Upload } from '../ports.ts'
import type { Store } from '../repositories.ts'
import { settleAll } from '../settle-all.ts'
import type { Entity, EntityType } from '../store/entity.ts'
import { findPlace, type Offered, offerFirstVersion, offerVersion } from '../store/offer-version.ts'
import { auditEntity, describeEntityChange } from '../store/record-entity.ts'
import { type Named, nameBundle } from './name-bundle.ts'
import { refuseOverQuota } from './refuse-over-quota.ts'

export interface SubmitRequest {
  caller: Caller
  upload: Upload
  type: EntityType
  description: string
  name?: string | undefined
  category?: string | undefined
}

export interface Submitted extends Offered {
  droppedFiles: string[]
}

type SubmitPorts = Pick<Ports, 'store' | 'transact' | 'intake' | 'locks' | 'reviewQueue' | 'policy'>

/** How often a number may be taken by somebody else before we say that the entity is busy. */
const triesMax = 4

/**
 * Accepts a bundle for review, as a new entity or, where the submitter's own entity of that name was
 * never approved, as its next version. The verdict comes later.
 */
export async function submitBundle(ports: SubmitPorts, request: SubmitRequest): Promise<Submitted> {
  await refuseOverQuota(ports, request.caller)
  const naming = { name: request.name, personHandle: request.caller.personHandle }
  const { upload, type, description } = request
  await using bundle = await ports.intake.open(upload, type, { naming, description })
  const named = nameBundle(naming, bundle)
  for (let tries = 0; tries < triesMax; tries += 1) {
    const existing = await ports.store.entities.findBySlug(named.slug)
    const submitted = existing
      ? await ports.locks.withEntity(existing.id, () =>
          addVersion(ports, request, bundle, named, existing),
        )
      : await createEntity(ports, request, bundle, named)
    if (submitted) return announce(ports, submitted)
  }
  throw new ServiceError('entity_busy')
}

async function createEntity(
  ports: SubmitPorts,
  request: SubmitRequest,
  bundle: OpenedBundle,
  named: Named,
): Promise<Submitted> {
  const { caller, type, description, category = null } = request
  const [baked, place] = await settleAll([
    bundle.bake({ slug: named.slug, n: 1 }, { ...request, ...named }),
    findPlace(ports.store, ports.policy, caller.personId),
  ])
  const entity = { id: newId(), type, ownerId: caller.personId, ...named, description, category }
  const { actor } = actingAs(caller)
  const params = { version_no: 1 }
  const audited = describeEntityChange({ action: 'create', actor, entityId: entity.id, params })
  const offer = { ...describeOffer(request, bundle), baked, n: 1, place, audited }
  const written = await whole(ports, (store) =>
    offerFirstVersion(store, ports.policy, entity, offer),
  )
  return { ...written, droppedFiles: bundle.droppedFiles }
}

/** What is one statement is whole by itself; what is approved unread takes more than one. */
function whole<T>(
  { store, transact, policy }: Pick<SubmitPorts, 'store' | 'transact' | 'policy'>,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  return policy.guardrailsEnabled ? work(store) : transact(work)
}

/** A rejected first upload is simply sent again: it becomes the next version of the same entity. */
async function addVersion(
  ports: SubmitPorts,
  request: SubmitRequest,
  bundle: OpenedBundle,
  named: Named,
  existing: Entity,
): Promise<Submitted | undefined> {
  await refuseReuse(ports.store, request, existing)
  const n = existing.highestN + 1
  const baked = await bundle.bake({ slug: existing.slug, n }, { ...request, ...named })
  return ports.transact(async (store) => {
    const locked = await store.entities.lock(existing.id)
    if (locked?.highestN !== n - 1) return undefined
    await refuseReuse(store, request, locked)
    const { actor } = actingAs(request.caller)
    const params = { version_no: n }
    await auditEntity(store, { action: 'update', actor, entityId: locked.id, params })
    const entity = await store.entities.update(locked.id, {
      name: named.name,
      description: request.description,
      category: request.category ?? locked.category,
    })
    const offer = { ...describeOffer(request, bundle), baked, n }
    const written = await offerVersion(store, ports.policy, entity, offer)
    return { ...written, droppedFiles: bundle.droppedFiles }
  })
}

async function refuseReuse(
  store: Pick<Store, 'submissions'>,
  request: SubmitRequest,
  entity: Entity,
): Promise<void> {
  const isReusable =
    entity.ownerId === request.caller.personId &&
    entity.visibilityStatus === 'pending' &&
    entity.type === request.type &&
    !(await store.submissions.findOpen(entity.id))
  if (!isReusable) throw new ServiceError('name_taken')
}

/** What is offered with a bundle, before its bytes. */
function describeOffer({ caller }: SubmitRequest, { authorVersion }: OpenedBundle) {
  return { ...actingAs(caller), proposed: {}, restoredFrom: null, authorVersion }
}

/** Who is written down: the person as the submitter, and the agent that acted for them, if one did. */
export function actingAs(caller: Caller) {
  return {
    actor: actorOf(caller),
    submitterId: caller.personId,
    agentId: caller.kind === 'agent' ? caller.id : null,
  }
}

/** Hands the review out, now that its row is there for everybody to see. */
export function announce<T extends Offered>(
  { reviewQueue }: Pick<Ports, 'reviewQueue'>,
  offered: T,
): T {
  const { id: submissionId, attempt, claims, priority, status } = offered.submission
  if (status === 'pending_llm') reviewQueue.announce([{ submissionId, attempt, claims, priority }])
  return offered
}
