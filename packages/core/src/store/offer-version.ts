import { diffCapabilities, underSlug } from '../capabilities/diff-capabilities.ts'
import { ServiceError } from '../errors.ts'
import { type Finding, worstSeverity } from '../guardrails/finding.ts'
import { checkNames, type Inspection, isBlocked } from '../guardrails/inspection.ts'
import type { Actor } from '../identity/caller.ts'
import { type Id, newId } from '../ids.ts'
import type { BakedVersion, Policy } from '../ports.ts'
import type { Store } from '../repositories.ts'
import { settleAll } from '../settle-all.ts'
import { recordSubmission } from '../submissions/record-submission.ts'
import type { HoldReason, Proposed, StageStatuses, Submission } from '../submissions/submission.ts'
import { applySuppressions, isOpen } from '../suppressions/suppression.ts'
import type { Entity } from './entity.ts'
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
  const [numbered, holdReason, turn, baked] = await settleAll([
    raiseNumber(store, entity, offer.n),
    findHoldReason(store, policy),
    findTurn(store, offer.submitterId),
    quieten(store, entity, offer),
    storeVersion(store, entity, offer),
  ])
  const summary = await summarize(store, entity, baked)
  const described = describeSubmission(
    policy,
    numbered,
    { ...offer, baked },
    { holdReason, turn, summary },
  )
  const [opened] = await settleAll([
    store.submissions.insert(...described),
    storeRendition(store, entity, offer),
  ])
  if (!opened) throw new ServiceError('prior_version_pending')
  await settleAll([
    storeFindings(store, opened.id, 1, baked.inspection),
    recordOffer(store, numbered, offer, opened),
  ])
  if (opened.status !== 'approved') return { entity: numbered, submission: opened, baked }
  return { entity: await promoteVersion(store, numbered, opened), submission: opened, baked }
}

/** Takes the number, unless the entity was made with it. */
async function raiseNumber({ entities }: Store, entity: Entity, n: number): Promise<Entity> {
  return entity.highestN === n ? entity : entities.update(entity.id, { highestN: n })
}

/** Marks what admins have looked at and accepted in this entity: in a new one, nothing. */
async function quieten(
  { suppressions }: Pick<Store, 'suppressions'>,
  { id }: Pick<Entity, 'id'>,
  { baked, n }: Offer,
): Promise<BakedVersion> {
  if (n === 1) return baked
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

/**
 * The place of a review in the line: behind as many as its submitter has waiting already. So the
 * second of one person's goes behind the first of everybody's, and nobody is crowded out.
 */
async function findTurn(
  { submissions }: Pick<Store, 'submissions'>,
  submitterId: Id,
): Promise<number> {
  return submissions.countWaiting(submitterId, turnMax)
}

async function storeVersion(
  { versions }: Pick<Store, 'versions'>,
  { id: entityId }: Entity,
  { baked, n, ...offer }: Offer,
): Promise<void> {
  await versions.insert({
    entityId,
    n,
    contentHash: baked.contentHash,
    restoredFrom: offer.restoredFrom,
    authorVersion: offer.authorVersion,
    createdBy: offer.submitterId,
  })
}

async function storeRendition(
  { versions }: Pick<Store, 'versions'>,
  { id: entityId }: Entity,
  { baked: { slug, hash, size, files }, n }: Offer,
): Promise<void> {
  await versions.insertRendition({ entityId, n, slug, hash, size, files })
}

type NewSubmission = Parameters<Store['submissions']['insert']>

function describeSubmission(
  policy: OfferPolicy,
  entity: Entity,
  { baked, ...offer }: Offer,
  known: {
    holdReason: HoldReason | null
    turn: number
    summary: Awaited<ReturnType<typeof summarize>>
  },
): NewSubmission {
  const status = isBlocked(baked.inspection.checks)
    ? 'blocked_inline'
    : policy.guardrailsEnabled
      ? 'pending_llm'
      : 'approved'
  const isPending = status === 'pending_llm'
  const submission: NewSubmission[0] = {
    id: newId(),
    entityId: entity.id,
    n: offer.n,
    status,
    holdReason: isPending ? known.holdReason : null,
    revision: 1,
    attempt: 1,
    failures: 0,
    claims: 0,
    leaseId: null,
    priority: known.turn,
    submitterId: offer.submitterId,
    agentId: offer.agentId,
    proposed: offer.proposed,
    slug: baked.slug,
    versionHash: baked.hash,
    fileSize: baked.size,
    checksAttempt: 1,
    ...known.summary,
    review: null,
    override: null,
    rescan: null,
    bundlePurgedAt: null,
  }
  return [submission, isPending ? 0 : null]
}

async function recordOffer(
  store: Store,
  entity: Entity,
  { actor, params }: Offer,
  submission: Submission,
): Promise<void> {
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
}

/** What a submission keeps of an inspection, beside the findings. */
export async function summarize(
  store: Pick<Store, 'submissions'>,
  entity: Entity,
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

/** Keeps what the checks found in one attempt. */
export async function storeFindings(
  { findings }: Pick<Store, 'findings'>,
  submissionId: Id,
  attempt: number,
  { checks }: Inspection,
): Promise<void> {
  const found = checkNames.filter((name) => checks[name].findings.length > 0)
  await settleAll(
    found.map((name) => findings.insert(submissionId, attempt, name, checks[name].findings)),
  )
}
