import type { ApprovalReads } from './approvals/reads.ts'
import type { AuditEntry } from './audit/audit-entry.ts'
import type { Finding, Severity } from './guardrails/finding.ts'
import type { CheckName } from './guardrails/inspection.ts'
import type { Caller } from './identity/caller.ts'
import type { Principal, Token } from './identity/principal.ts'
import type { Id } from './ids.ts'
import type { FailingReview, JobCounts } from './operations/job-counts.ts'
import type { Vitals } from './operations/vitals.ts'
import type { Entity, EntityType } from './store/entity.ts'
import type { FileEntry } from './store/file-tree.ts'
import type { Submission, SubmissionStatus } from './submissions/submission.ts'
import type { Suppression } from './suppressions/suppression.ts'
import type { PublishedEvent } from './webhooks/event.ts'
import type { Delivery, Webhook } from './webhooks/webhook.ts'

/** A page of a list, newest first; `nextKey` leads on, and is `null` at the end. */
export interface Page<Item> {
  items: Item[]
  nextKey: string | null
}

export interface PageRequest {
  limit: number
  cursor?: string | undefined
}

/** An entity with everything that its wire form needs. */
export interface EntityDetail {
  entity: Entity
  owner: { id: Id; handle: string }
  live: { hash: string; size: number } | null
  versions: VersionSummary[]
  latestSubmission: { id: Id; status: SubmissionStatus; n: number } | null
  isInstalled: boolean
  /** How many people have it installed, where one entity is read by somebody who may know. */
  installCount?: number
}

export interface VersionSummary {
  n: number
  hash: string
  size: number
  createdAt: Date
  createdBy: Id
  submissionId: Id | null
  status: SubmissionStatus
  restoredFrom: number | null
}

/** A submission with everything that its wire form needs. */
export interface SubmissionDetail {
  submission: Submission
  entity: Pick<Entity, 'id' | 'type' | 'name' | 'slug' | 'ownerId' | 'liveN' | 'visibilityStatus'>
  submitter: { id: Id; email: string | null }
  /** Who has taken it to decide on it. */
  assignee: { id: Id; handle: string } | null
  /** When its submitter asked for another look, if nobody has answered since. */
  appealedAt: Date | null
  /** The same for the same bytes, whatever they are called and whoever sent them. */
  contentHash: string
  checks: Record<CheckName, { status: 'pass' | 'warn' | 'fail'; findings: Finding[] }>
}

/** The inventory of a version, and the rendition it is of. */
export interface VersionFiles {
  hash: string
  files: FileEntry[]
  /** Whether the bytes were given up, so that only the inventory is left. */
  isPurged: boolean
}

export interface EntityFilter {
  q?: string | undefined
  type?: EntityType | undefined
  /** An id or a handle. */
  owner?: string | undefined
  category?: string | undefined
  installed?: boolean | undefined
  /** Only what is served. */
  isServed?: boolean | undefined
}

export interface SubmissionFilter {
  statuses?: readonly SubmissionStatus[] | undefined
  type?: EntityType | undefined
  q?: string | undefined
  /** An id or an e-mail. */
  submitter?: string | undefined
  severity?: Severity | undefined
  /** The id of a rule that found something in it. */
  rule?: string | undefined
  held?: boolean | undefined
  /** Whoever has claimed it; `null`: nobody has. */
  claimedBy?: Id | null | undefined
  /** Only what somebody wants looked at again. */
  appealed?: boolean | undefined
  includeArchived?: boolean | undefined
}

/** One thing a person is served: a live version, and where its bytes are. */
export interface ServedVersion {
  entityId: Id
  slug: string
  n: number
  hash: string
  type: EntityType
  name: string
  description: string
  category: string | null
  ownerHandle: string
}

/** Questions that show something and decide nothing. They see what is committed, and lock nothing. */
export interface Reads extends ApprovalReads {
  /** Who a token speaks for; `undefined` if it is unknown, over, or its holder is disabled. */
  findCaller(tokenHash: Uint8Array): Promise<{ caller: Caller; isSession: boolean } | undefined>
  findEntity(id: Id, viewer: Caller): Promise<EntityDetail | undefined>
  /** What the viewer may see: what is served, and their own. */
  listEntities(filter: EntityFilter, viewer: Caller, page: PageRequest): Promise<Page<EntityDetail>>
  /** What a person is served, by slug. */
  listServed(personId: Id): Promise<ServedVersion[]>
  findSubmission(id: Id): Promise<SubmissionDetail | undefined>
  listSubmissions(filter: SubmissionFilter, page: PageRequest): Promise<Page<SubmissionDetail>>
  countSubmissions(filter: SubmissionFilter): Promise<Partial<Record<SubmissionStatus, number>>>
  findFiles(entityId: Id, n: number): Promise<VersionFiles | undefined>
  readOps(): Promise<OpsState>
  /** How much there is to do, of each kind of work. */
  readJobs(): Promise<JobCounts[]>
  /** How soon verdicts came lately. */
  readVerdictTimes(): Promise<VerdictTimes>
  listFailingReviews(page: PageRequest): Promise<Page<FailingReview>>
  listSuppressions(
    filter: { entityId?: Id | undefined; isActive: boolean },
    page: PageRequest,
  ): Promise<Page<Suppression>>
  /** How right each rule was that ever stopped a bundle. */
  readRuleRecords(): Promise<RuleRecord[]>
  /** What metrics show of the whole service, cheap enough to be read every few seconds. */
  readVitals(): Promise<Vitals>
  listTimeline(resources: readonly string[]): Promise<TimelineEntry[]>
  listAudit(filter: AuditFilter, page: PageRequest): Promise<Page<AuditRecord>>
  /** Events in the order of the stream. Without a viewer, all of them. */
  listEvents(afterSeq: number, limit: number, viewer?: Caller): Promise<PublishedEvent[]>
  listTokens(creatorId: Id, page: PageRequest): Promise<Page<Token>>
  /** The people who can log in. */
  listUsers(page: PageRequest): Promise<Page<Principal>>
  listWebhooks(page: PageRequest): Promise<Page<Webhook>>
  listDeliveries(webhookId: Id, page: PageRequest): Promise<Page<Delivery>>
}

/** How often a rule stopped a bundle, and how often people thought otherwise. */
export interface RuleRecord {
  ruleId: string
  blocked: number
  /** Blocked bundles that an admin let through all the same. */
  overruled: number
  /** Suppressions of it that hold now. */
  suppressed: number
}

/** What the operator looks at, as far as the database knows it. */
export interface OpsState {
  isPaused: boolean
  workers: {
    id: Id
    host: string
    pid: number
    active: number
    concurrency: number
    startedAt: Date
    seenAt: Date
  }[]
  /** Why the provider refused us the last time; `null` once it has answered since. */
  reviewerRefusal: string | null
  rateLimitedUntil: Date | null
  spendUsd24h: number
  tokens24h: number
  held: number
  appealed: number
  /** How long the oldest submission that needs a person, or is held, is there; `null` if none is. */
  oldestHeldMs: number | null
}

/** How soon submissions had their verdict, from the moment they came: those of the last 24 hours. */
export interface VerdictTimes {
  /** When anybody, the model included, last decided; `null` if nobody has. */
  lastAt: Date | null
  medianMs: number | null
  p90Ms: number | null
}

/** An entry as it is shown: without a place in the chain until it is sealed. */
export type AuditRecord = AuditEntry & {
  seq: number | null
  prevHash: string | null
  hash: string | null
}

export interface AuditFilter {
  /** An id. */
  actor?: string | undefined
  action?: string | undefined
  resource?: string | undefined
  from?: Date | undefined
  to?: Date | undefined
}

export interface TimelineEntry {
  id: Id
  at: Date
  actor: { id: string; kind: string }
  action: string
  params: Readonly<Record<string, unknown>>
}
