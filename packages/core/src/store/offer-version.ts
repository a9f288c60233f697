import type { NewAuditEntry } from '../audit/audit-entry.ts'
import { diffCapabilities, underSlug } from '../capabilities/diff-capabilities.ts'
import { ServiceError } from '../errors.ts'
import { type Finding, worstSeverity } from '../guardrails/finding.ts'
import { checkNames, isBlocked } from '../guardrails/inspection.ts'
import type { Actor } from '../identity/caller.ts'
import { type Id, newId } from '../ids.ts'
import type { BakedVersion, Policy } from '../ports.ts'
import type { Store } from '../repositories.ts'
import { settleAll } from '../settle-all.ts'
import type { Opening } from '../submissions/opening.ts'
import {
  describeChange,
  type Recorded,
  type SubmissionChange,
} from '../submissions/record-submission.ts'
import type { HoldReason, Proposed, StageStatuses, Submission } from '../submissions/submission.ts'
import { listHeeded } from '../suppressions/list-heeded.ts'
import { applySuppressions, isOpen } from '../suppressions/suppression.ts'
import type { Entity, NewEntity } from './entity.ts'
import { promoteVersion } from './promote-version.ts'

/** Whoever has more waiting than this is told no further apart. Bulk work comes behind it. */
export const turnMax = 1_000

/** A baked version, and who offers it for what. */
export interface Offer {
  baked: BakedVersion
  n: number
  actor: Actor
  submitterId: Id
  agentId: Id | null
  proposed: Proposed
  restoredFrom: number | null
  authorVersion: string | null
  params?: Readonly<Record<string, unknown>>
}

type OfferPolicy = Pick<Policy, 'guardrailsEnabled' | 'hasReviewer'>

export interface Offered {
  entity: Entity
  submission: Submission
  /** With what is suppressed marked as such. */
  baked: BakedVersion
}

/**
 * Writes a version and the submission that asks for its review, in the caller's transaction, with the
 * entity locked.
 *
 * Where a check blocks, both are kept, so that an admin can look and override. The number is baked
 * into the bytes, so the caller has made sure under the lock that it is still the next one.
 */
export async function offerVersion(
  store: Store,
  policy: OfferPolicy,
  entity: Entity,
  offer: Offer,
): Promise<Offered> {
  // What stands side by side here does not depend on each other, and makes one trip to the database.
  const [numbered, place, baked] = await settleAll([
    store.entities.update(entity.id, { highestN: offer.n }),
    findPlace(store, policy, offer.submitterId),
    quieten(store, entity, offer),
  ])
  const summary = await summarize(store, entity, baked)
  const opening = describeOpening(policy, entity, { ...offer, baked }, { ...place, summary })
  const submission = await store.submissions.open(opening)
  if (!submission) throw new ServiceError('prior_version_pending')
  return promoteApproved(store, { entity: numbered, submission, baked })
}

/**
 * Writes something new with the offer of its first version. That is one statement, and so whole by itself;
 * only what is approved unread is promoted by more, and wants a transaction. Throws `name_taken`.
 */
export async function offerFirstVersion(
  store: Store,
  policy: OfferPolicy,
  entity: NewEntity,
  { place, audited, ...offer }: Offer & { place: Place; audited: NewAuditEntry },
): Promise<Offered> {
  const { baked } = offer
  const summary = await summarize(store, { ...entity, liveN: null }, baked)
  const opening = describeOpening(policy, entity, offer, { ...place, summary })
  const { entries, events } = opening.recorded
  const recorded = { entries: [audited, ...entries], events }
  const written = await store.entities.create(entity, { ...opening, recorded })
  if (!written) throw new ServiceError('name_taken')
  return promoteApproved(store, { ...written, baked })
}

async function promoteApproved(store: Store, offered: Offered): Promise<Offered> {
  const { entity, submission } = offered
  if (submission.status !== 'approved') return offered
  return { ...offered, entity: await promoteVersion(store, entity, submission) }
}

/** Marks what admins have looked at and accepted in this entity. */
async function quieten(
  store: Pick<Store, 'suppressions' | 'principals'>,
  { id: entityId }: Pick<Entity, 'id'>,
  { baked, submitterId }: Offer,
): Promise<BakedVersion> {
  const active = await listHeeded(store, { entityId, submitterId })
  return { ...baked, inspection: applySuppressions(baked.inspection, active, baked.files) }
}

/** Where a new review of a submitter stands: behind how many, and why it waits, if it does. */
export interface Place {
  priority: number
  holdReason: HoldReason | null
}

/**
 * The place of a review in the line, and why nobody will take it up for now, as far as can be told at
 * once; the worker tells for sure. It is behind as many as its submitter has waiting already: so the
 * second of one person's goes behind the first of everybody's, and nobody is crowded out.
 */
export async function findPlace(
  { submissions }: Pick<Store, 'submissions'>,
  { hasReviewer }: Pick<Policy, 'hasReviewer'>,
  submitterId: Id,
): Promise<Place> {
  const { waiting: priority, isPaused } = await submissions.findBacklog(submitterId, turnMax)
  if (!hasReviewer) return { priority, holdReason: 'provider_not_ready' }
  return { priority, holdReason: isPaused ? 'paused' : null }
}

function describeOpening(
  policy: OfferPolicy,
  entity: NewEntity,
  { baked, n, ...offer }: Offer,
  { summary, ...place }: Place & { summary: Awaited<ReturnType<typeof summarize>> },
): Opening {
  const status = isBlocked(baked.inspection.checks)
    ? 'blocked_inline'
    : policy.guardrailsEnabled
      ? 'pending_llm'
      : 'approved'
  const isPending = status === 'pending_llm'
  const { restoredFrom, authorVersion, submitterId, agentId, proposed } = offer
  const submission = {
    id: newId(),
    entityId: entity.id,
    n,
    status,
    holdReason: isPending ? place.holdReason : null,
    priority: place.priority,
    submitterId,
    agentId,
    proposed,
    slug: baked.slug,
    versionHash: baked.hash,
    fileSize: baked.size,
    ...summary,
  } as const
  return {
    version: { contentHash: baked.contentHash, restoredFrom, authorVersion },
    files: baked.files,
    submission,
    dueInMs: isPending ? 0 : null,
    found: baked.inspection.checks,
    recorded: describeOffer(entity, offer, submission),
  }
}

/** What goes on record of an offer. */
function describeOffer(
  entity: NewEntity,
  { actor, params }: Pick<Offer, 'actor' | 'params'>,
  submission: Opening['submission'],
): Recorded {
  const { status, holdReason } = submission
  const change = { actor, submission, entity, ...(params ? { params } : {}) }
  const held = { ...change, params: { ...params, hold_reason: holdReason } }
  const changes: SubmissionChange[] = [
    { ...change, action: status === 'blocked_inline' ? 'blocked_inline' : 'accepted' },
    ...(status === 'approved' ? [{ ...change, action: 'approved' } as const] : []),
    ...(holdReason ? [{ ...held, action: 'held' } as const] : []),
  ]
  const recorded = changes.map(describeChange)
  return {
    entries: recorded.flatMap(({ entries }) => entries),
    events: recorded.flatMap(({ events }) => events),
  }
}

/** What a submission keeps of an inspection, beside the findings. */
export async function summarize(
  store: Pick<Store, 'submissions'>,
  entity: Pick<Entity, 'id' | 'type' | 'liveN'>,
  { slug, inspection }: Pick<BakedVersion, 'slug' | 'inspection'>,
) {
  const { checks, capabilities, unaccounted, policyVersion } = inspection
  const live = entity.liveN
    ? await store.submissions.findByVersion(entity.id, entity.liveN)
    : undefined
  const findings: Finding[] = checkNames.flatMap((name) => checks[name].findings.filter(isOpen))
  return {
    checks: Object.fromEntries(
      checkNames.map((name) => [name, checks[name].status]),
    ) as StageStatuses,
    capabilities,
    capabilityDelta: diffCapabilities(
      live && underSlug(live.capabilities, { type: entity.type, from: live.slug, to: slug }),
      capabilities,
    ),
    severity: worstSeverity(findings) ?? null,
    unaccounted,
    policyVersion,
  }
}
