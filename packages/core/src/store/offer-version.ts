import { diffCapabilities } from '../capabilities/diff-capabilities.ts'
import { ServiceError } from '../errors.ts'
import { type Finding, worstSeverity } from '../guardrails/finding.ts'
import { checkNames, type Inspection, isBlocked } from '../guardrails/inspection.ts'
import type { Actor } from '../identity/caller.ts'
import { type Id, newId } from '../ids.ts'
import type { BakedVersion, Policy } from '../ports.ts'
import type { Store } from '../repositories.ts'
import { recordSubmission } from '../submissions/record-submission.ts'
import type { HoldReason, Proposed, StageStatuses, Submission } from '../submissions/submission.ts'
import { applySuppressions, isOpen } from '../suppressions/suppression.ts'
import type { Entity } from './entity.ts'
import { promoteVersion } from './promote-version.ts'

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
  const numbered = await store.entities.update(entity.id, { highestN: offer.n })
  const baked = await quieten(store, numbered, offer.baked)
  await storeVersion(store, numbered, offer)
  const submission = await openSubmission(store, policy, numbered, { ...offer, baked })
  if (submission.status !== 'approved') return { entity: numbered, submission, baked }
  const promoted = await promoteVersion(store, numbered, submission)
  return { entity: promoted, submission, baked }
}

/** Marks what admins have looked at and accepted in this entity. */
async function quieten(
  { suppressions }: Pick<Store, 'suppressions'>,
  { id }: Pick<Entity, 'id'>,
  baked: BakedVersion,
): Promise<BakedVersion> {
  const active = await suppressions.listActive(id)
  return { ...baked, inspection: applySuppressions(baked.inspection, active, baked.files) }
}

type OfferPolicy = Pick<Policy, 'guardrailsEnabled' | 'hasReviewer'>

/** Why nobody will review it for now, as far as can be told at once. The worker tells for sure. */
async function findHoldReason(
  { settings }: Pick<Store, 'settings'>,
  { hasReviewer }: OfferPolicy,
): Promise<HoldReason | null> {
  if (!hasReviewer) return 'provider_not_ready'
  return (await settings.read('paused')) === true ? 'paused' : null
}

async function storeVersion(store: Store, { id: entityId }: Entity, offer: Offer): Promise<void> {
  const { baked, n } = offer
  await store.versions.insert({
    entityId,
    n,
    contentHash: baked.contentHash,
    restoredFrom: offer.restoredFrom,
    authorVersion: offer.authorVersion,
    createdBy: offer.submitterId,
  })
  const { slug, hash, size, files } = baked
  await store.versions.insertRendition({ entityId, n, slug, hash, size, files })
}

async function openSubmission(
  store: Store,
  policy: OfferPolicy,
  entity: Entity,
  offer: Offer,
): Promise<Submission> {
  const { baked } = offer
  const status = isBlocked(baked.inspection.checks)
    ? 'blocked_inline'
    : policy.guardrailsEnabled
      ? 'pending_llm'
      : 'approved'
  const id = newId()
  const inserted = await store.submissions.insert(
    {
      id,
      entityId: entity.id,
      n: offer.n,
      status,
      holdReason: status === 'pending_llm' ? await findHoldReason(store, policy) : null,
      revision: 1,
      attempt: 1,
      failures: 0,
      claims: 0,
      leaseId: null,
      priority: 0,
      submitterId: offer.submitterId,
      agentId: offer.agentId,
      proposed: offer.proposed,
      slug: baked.slug,
      versionHash: baked.hash,
      fileSize: baked.size,
      checksAttempt: 1,
      ...(await summarize(store, entity, baked.inspection)),
      review: null,
      override: null,
      rescan: null,
      bundlePurgedAt: null,
    },
    status === 'pending_llm' ? 0 : null,
  )
  if (!inserted) throw new ServiceError('prior_version_pending')
  await storeFindings(store, id, 1, baked.inspection)
  return recordOffer(store, entity, offer, id)
}

async function recordOffer(store: Store, entity: Entity, offer: Offer, id: Id) {
  const submission = await store.submissions.find(id)
  if (!submission) throw new Error('A submission is gone in its own transaction.')
  const { actor, params } = offer
  const change = { actor, submission, entity, ...(params ? { params } : {}) }
  const isBlocked = submission.status === 'blocked_inline'
  await recordSubmission(store, { ...change, action: isBlocked ? 'blocked_inline' : 'accepted' })
  if (submission.status === 'approved') {
    await recordSubmission(store, { ...change, action: 'approved' })
  }
  if (submission.holdReason) {
    const held = { ...change, params: { ...params, hold_reason: submission.holdReason } }
    await recordSubmission(store, { ...held, action: 'held' })
  }
  return submission
}

/** What a submission keeps of an inspection, beside the findings. */
export async function summarize(
  store: Pick<Store, 'submissions'>,
  entity: Entity,
  { checks, capabilities, unaccounted, policyVersion }: Inspection,
) {
  const live = entity.liveN
    ? await store.submissions.findByVersion(entity.id, entity.liveN)
    : undefined
  const findings: Finding[] = checkNames.flatMap((name) => checks[name].findings.filter(isOpen))
  return {
    checks: Object.fromEntries(
      checkNames.map((name) => [name, checks[name].status]),
    ) as StageStatuses,
    capabilities,
    capabilityDelta: diffCapabilities(live?.capabilities, capabilities),
    severity: worstSeverity(findings) ?? null,
    unaccounted,
    policyVersion,
  }
}

/** Keeps what the checks found in one attempt. */
export async function storeFindings(
  { findings }: Pick<Store, 'findings'>,
  submissionId: Id,
  attempt: number,
  { checks }: Inspection,
): Promise<void> {
  for (const name of checkNames) {
    if (checks[name].findings.length === 0) continue
    await findings.insert(submissionId, attempt, name, checks[name].findings)
  }
}
