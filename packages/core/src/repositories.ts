import type { ApprovalStore } from './approvals/repositories.ts'
import type { AuditEntry, NewAuditEntry, SealedAuditEntry } from './audit/audit-entry.ts'
import type { Finding } from './guardrails/finding.ts'
import type { Checks } from './guardrails/inspection.ts'
import type { Account, Principal, Token } from './identity/principal.ts'
import type { Id } from './ids.ts'
import type { AnswerRepository, NoticeRepository } from './notices/notice-repository.ts'
import type { SettingRepository, WorkerRepository } from './operations/repositories.ts'
import type { DueReview } from './ports.ts'
import type { BatchRepository } from './reviews/batches/batch-repository.ts'
import type { ClaimedReview, HeldReview, ReviewClaim } from './reviews/steps/claimed-review.ts'
import type { Conclusion } from './reviews/steps/conclusion.ts'
import type { VerdictRepository } from './reviews/verdict-repository.ts'
import type { Entity, NewEntity, Version } from './store/entity.ts'
import type { FileEntry } from './store/file-tree.ts'
import type { AppealRepository } from './submissions/appeal-repository.ts'
import type { AssignmentRepository } from './submissions/assignment-repository.ts'
import type { Backlog, Opening } from './submissions/opening.ts'
import type { Submission } from './submissions/submission.ts'
import type { SuppressionRepository } from './suppressions/suppression-repository.ts'
import type { NewEvent } from './webhooks/event.ts'
import type { DeliveryRepository, WebhookRepository } from './webhooks/webhook-repository.ts'

/** The database as the core sees it: the same words inside a transaction and outside of one. */
export interface Store extends ApprovalStore {
  principals: PrincipalRepository
  tokens: TokenRepository
  entities: EntityRepository
  versions: VersionRepository
  submissions: SubmissionRepository
  assignments: AssignmentRepository
  appeals: AppealRepository
  findings: FindingRepository
  suppressions: SuppressionRepository
  verdicts: VerdictRepository
  batches: BatchRepository
  installs: InstallRepository
  audit: AuditRepository
  events: EventRepository
  webhooks: WebhookRepository
  deliveries: DeliveryRepository
  notices: NoticeRepository
  answers: AnswerRepository
  settings: SettingRepository
  workers: WorkerRepository
}

export interface PrincipalRepository {
  find(id: Id): Promise<Principal | undefined>
  findAccount(email: string): Promise<Account | undefined>
  /** Adds one; `undefined` if the e-mail is taken. The handle gets a suffix where it is. */
  insert(principal: {
    id: Id
    kind: 'user' | 'agent'
    email: string | null
    handle: string
    role: 'user' | 'admin' | null
    ownerId: Id | null
    passwordHash: string | null
  }): Promise<Principal | undefined>
  update(
    id: Id,
    changes: { role?: 'user' | 'admin'; disabledAt?: Date | null; passwordHash?: string },
  ): Promise<Principal | undefined>
  /** Enabled admins, without one of them. */
  countAdmins(except?: Id): Promise<number>
  /** Enabled admins, who stay that until the transaction is over: others who ask wait for it. */
  lockAdmins(): Promise<Id[]>
  /** Whether no admin has been one for a day yet. */
  isBeingSetUp(): Promise<boolean>
}

export interface TokenRepository {
  insert(token: Omit<Token, 'createdAt'> & { hash: Uint8Array }): Promise<void>
  /** Ends a token; says whether it was there to be ended. */
  revoke(id: Id, creatorId: Id): Promise<boolean>
  /** Ends every session of a principal. */
  revokeSessions(principalId: Id): Promise<void>
  revokeByHash(hash: Uint8Array): Promise<void>
}

export interface EntityRepository {
  find(id: Id): Promise<Entity | undefined>
  /** Reads an entity and keeps every other change of it waiting until the transaction ends. */
  lock(id: Id): Promise<Entity | undefined>
  /** The entity that has, or will have, a slug. */
  findBySlug(slug: string): Promise<Entity | undefined>
  /**
   * Adds an entity with its first offer, and takes its slug: all of it, or nothing and `undefined` if the
   * slug is somebody's.
   */
  create(
    entity: NewEntity,
    opening: Opening,
  ): Promise<{ entity: Entity; submission: Submission } | undefined>
  /** Writes changes and raises the revision. Only for whoever holds the lock. */
  update(id: Id, changes: EntityChanges): Promise<Entity>
  /** Takes a slug for an entity; says whether it was free, or the entity's own. */
  claimSlug(slug: string, entityId: Id, isCurrent: boolean): Promise<boolean>
  /** Gives back the promised slug, or all of them. */
  releaseSlugs(entityId: Id, which: 'proposed' | 'all'): Promise<void>
  /** Removes the entity and everything below it. */
  delete(id: Id): Promise<void>
}

export type EntityChanges = Partial<
  Pick<
    Entity,
    'name' | 'slug' | 'description' | 'category' | 'visibilityStatus' | 'liveN' | 'highestN'
  >
>

/** A version under a slug, as it is served. */
export interface Rendition {
  entityId: Id
  n: number
  slug: string
  hash: string
  size: number
  files: FileEntry[]
}

export interface VersionRepository {
  find(entityId: Id, n: number): Promise<Version | undefined>
  findRendition(entityId: Id, n: number, slug: string): Promise<Rendition | undefined>
  /** Adds a rendition; one that is there already stays as it is. */
  insertRendition(rendition: Rendition): Promise<void>
  /** Announces bytes that are about to be stored, so that the collector leaves them alone. */
  touchBlob(hash: string): Promise<void>
  /** Blobs of versions that are gone, purged or never came to be, untouched for a day. */
  listUnneededBlobs(limit: number): Promise<string[]>
  /** Forgets such a blob, and keeps whoever announces it anew waiting; says whether it is still one. */
  forgetBlob(hash: string): Promise<boolean>
}

/** What a change of a submission may touch. Times are the database's, so they are given as distances. */
export type SubmissionChanges = Partial<
  Omit<Submission, 'id' | 'entityId' | 'n' | 'revision' | 'dueAt' | 'decidedAt' | 'createdAt'>
> & {
  /** When a worker should next look, from now; `null` for never. */
  dueInMs?: number | null
}

export interface SubmissionRepository {
  find(id: Id): Promise<Submission | undefined>
  findOpen(entityId: Id): Promise<Submission | undefined>
  findByVersion(entityId: Id, n: number): Promise<Submission | undefined>
  /**
   * Adds a version, what it is served as, the submission that asks for its review, what the checks found,
   * and what goes on record of it. `undefined` if the entity has an open review, as it has one at most:
   * nothing may be kept then.
   */
  open(opening: Opening): Promise<Submission | undefined>
  /**
   * Writes changes if the stored revision is still the one that was read, and raises it; otherwise
   * writes nothing and gives `undefined`. Throws `prior_version_pending` where a second open review
   * would arise.
   */
  swap(
    read: Pick<Submission, 'id' | 'revision'>,
    changes: SubmissionChanges,
  ): Promise<Submission | undefined>
  /**
   * Takes a due review for a while, and reads what it begins with; `undefined` if it is somebody's, not
   * due, or moved on.
   */
  claim(review: ReviewClaim, leaseMs: number): Promise<ClaimedReview | undefined>
  /** Holds on to a claimed review; says whether it was still held. */
  extendLease(id: Id, leaseId: Id, leaseMs: number): Promise<boolean>
  /** Writes what the holder of a lease found, unless it has lost it; then `undefined`. */
  settle(
    held: { id: Id; attempt: number; leaseId: Id },
    changes: SubmissionChanges,
  ): Promise<Submission | undefined>
  /**
   * Writes all that a verdict comes to, at once. Where the lease is lost, or the entity is archived or
   * another than was seen, nothing is written and there is no submission. Gives the entity as it was.
   */
  conclude(
    held: HeldReview,
    seen: Entity,
    conclusion: Conclusion,
  ): Promise<{ entity?: Entity | undefined; submission?: Submission | undefined }>
  listDue(limit: number): Promise<DueReview[]>
  /** Shows on every waiting review that all are paused, or no longer. */
  markPaused(isPaused: boolean): Promise<void>
  /** Adds up what the tallies of statuses consist of; gives how many parts there were. */
  foldTallies(): Promise<number>
  /** Blocked submissions whose bytes have been kept for as long as the operator wants. */
  listPurgeable(days: number, limit: number): Promise<Id[]>
  isPurgeable(id: Id, days: number): Promise<boolean>
  countBlocked(submitterId: Id, sinceMs: number): Promise<number>
  /** What a new review of a submitter comes behind, counted up to `max`. */
  findBacklog(submitterId: Id, max: number): Promise<Backlog>
  /** The oldest first, for work on many. */
  listIds(filter: {
    statuses: readonly Submission['status'][]
    decidedBefore?: Date | undefined
    limit: number
  }): Promise<Id[]>
  /** Whether any version of an entity was blocked or rejected: looked at over its whole history. */
  hasAdverse(entityId: Id): Promise<boolean>
}

export interface FindingRepository {
  /** Adds what one attempt found. */
  insert(submissionId: Id, attempt: number, checks: Checks): Promise<void>
  /** What the checks of one attempt found. */
  list(submissionId: Id, attempt: number): Promise<Finding[]>
}

export interface InstallRepository {
  /** Adds or removes an install; says whether that changed anything. */
  insert(principalId: Id, entityId: Id): Promise<boolean>
  delete(principalId: Id, entityId: Id): Promise<boolean>
}

export interface AuditRepository {
  append(entry: NewAuditEntry): Promise<void>
  /** Makes this transaction the one that seals, until it ends; says no if another one is. */
  lockChain(): Promise<boolean>
  countUnsealed(): Promise<number>
  /** The oldest entries without a place in the chain. */
  listUnsealed(limit: number): Promise<AuditEntry[]>
  findLastSeal(): Promise<{ seq: number; hash: string } | undefined>
  seal(entries: readonly SealedAuditEntry[]): Promise<void>
  /** Sealed entries in the order of the chain. */
  listSealed(afterSeq: number, limit: number): Promise<SealedAuditEntry[]>
}

export interface EventRepository {
  append(event: NewEvent): Promise<void>
  /**
   * Gives the events that came since the last time their place in the stream, and opens a delivery to
   * every webhook that asked for them. One process does it at a time. Gives how many there were.
   */
  sequence(limit: number): Promise<number>
  findLastSeq(): Promise<number>
  /** Forgets what was told long ago. */
  deleteBefore(days: number): Promise<number>
}
