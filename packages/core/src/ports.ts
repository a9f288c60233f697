import type { Readable } from 'node:stream'
import type { ActionReviewer } from './approvals/reviews/action-reviewer.ts'
import type { Inspection } from './guardrails/inspection.ts'
import type { Id } from './ids.ts'
import type { Channels } from './notices/channels.ts'
import type { Store } from './repositories.ts'
import type { Usage } from './reviews/assessment.ts'
import type { HumanReviewReason } from './reviews/list-doubts.ts'
import type { BatchReviewer, Reviewer } from './reviews/reviewer.ts'
import type { EntityType } from './store/entity.ts'
import type { FileEntry, FileTree } from './store/file-tree.ts'
import type { Naming } from './submissions/name-bundle.ts'
import type { SubmissionStatus } from './submissions/submission.ts'
import type { EventType } from './webhooks/event.ts'
import type { WebhookSender } from './webhooks/webhook-sender.ts'

/** Everything the core needs from the world. Each app builds the ones that it uses, once, in `compose.ts`. */
export interface Ports {
  /** The database, a statement at a time. */
  store: Store
  /** Runs work in one transaction: all of it happens, or none. */
  transact<T>(work: (store: Store) => Promise<T>): Promise<T>
  intake: Intake
  bundles: BundleShelf
  locks: EntityLocks
  reviewer: Reviewer
  batchReviewer: BatchReviewer
  actionReviewer: ActionReviewer
  reviewQueue: ReviewQueue
  loginThrottle: LoginThrottle
  monitor: Monitor
  policy: Policy
  webhookSender: WebhookSender
  channels: Channels
}

/** A file that a client sent: in memory if it is small, or else on our disk until the request ends. */
export type Upload = { fileName: string } & ({ bytes: Uint8Array } | { path: string })

/** Under which name and number a bundle is served: both are baked into its bytes. */
export interface BakedIdentity {
  slug: string
  n: number
}

/** What the submitter says of a bundle outside of it. */
export interface Metadata {
  name: string
  description: string
}

/** How a bundle would be introduced as something new. */
export interface AsNew {
  naming: Naming
  description: string
}

/** Turns bytes into versions: unpacks, checks and bakes them, off the event loop. */
export interface Intake {
  /**
   * Unpacks within limits and finds the anchor. Throws `invalid_bundle`, and leaves nothing behind.
   * Who will most likely want it baked as the first version of something new says so: then it is
   * unpacked once for both.
   */
  open(upload: Upload, type: EntityType, asNew?: AsNew): Promise<OpenedBundle>
  /** Bakes a stored rendition anew under another identity, and stores and inspects that. */
  rebake(stored: StoredBundle, identity: BakedIdentity, metadata: Metadata): Promise<BakedVersion>
  /** Inspects a stored rendition again, with the rules of today. */
  inspect(stored: StoredBundle, metadata: Metadata): Promise<Inspection>
}

export interface StoredBundle {
  hash: string
  type: EntityType
  slug: string
}

export interface OpenedBundle extends AsyncDisposable {
  /** What the bundle calls itself, and says of itself. */
  name: string | null
  description: string | null
  authorVersion: string | null
  /** Files that the archiver of some system added, and that are not part of the bundle. */
  droppedFiles: string[]
  /** Bakes and inspects it; stores it too, unless it is only a rehearsal. */
  bake(
    identity: BakedIdentity,
    metadata: Metadata,
    options?: { isRehearsal: boolean },
  ): Promise<BakedVersion>
}

/** A version as it would be served, stored under its hash before any row speaks of it. */
export interface BakedVersion {
  slug: string
  hash: string
  size: number
  files: FileEntry[]
  /** The hash that leaves out the slug and the number: what verdicts are reused by. */
  contentHash: string
  inspection: Inspection
}

/** The stored renditions. */
export interface BundleShelf {
  open(hash: string): Promise<FileTree>
  /** The archive as it is downloaded; `undefined` if it is not there. */
  stream(hash: string): Promise<{ stream: Readable; size: number } | undefined>
  /** Whether the bytes are there and are what their hash says. */
  isIntact(hash: string): Promise<boolean>
}

/** Makes edits of one entity wait their turn. A courtesy: the database's constraints hold without it. */
export interface EntityLocks {
  /** Runs `work` when it is this one's turn. Throws `entity_busy` if that takes too long. */
  withEntity<T>(entityId: Id, work: (signal: AbortSignal) => Promise<T>): Promise<T>
}

/** Hands out reviews. A hint: what is due can be read from the rows, and is handed out again. */
export interface ReviewQueue {
  /** Announces, after the commit, that these are due. Never throws and never waits long. */
  announce(reviews: readonly DueReview[]): void
}

export interface DueReview {
  submissionId: Id
  attempt: number
  claims: number
  priority: number
}

/** Counts failed logins, per address and account, and far higher per account. */
export interface LoginThrottle {
  /** Throws `rate_limited` if there were too many. */
  refuseSpent(address: string, email: string): Promise<void>
  countFailure(address: string, email: string): Promise<void>
}

/** Is told what happens, for logs and metrics. Changes nothing. */
export interface Monitor {
  onReviewCall(call: {
    submissionId?: Id
    approvalId?: Id
    model: string
    requestId: string | null
    outcome: string
    durationMs: number
    usage: Usage
  }): void
  onVerdict(verdict: {
    submissionId: Id
    status: SubmissionStatus
    attempt: number
    createdAt: Date
    decidedAt: Date | null
  }): void
  /** A review reached no verdict and will be taken up again. */
  onReviewRetry(retry: { submissionId: Id; reason: string }): void
  /** Somebody has to decide something, and nobody could be told of it. */
  onNobodyTold(notice: { about: string; eventType: EventType; errors: readonly string[] }): void
  onReviewCrash(crash: { submissionId: Id; error: unknown }): void
}

/** What the operator decided. */
export interface Policy {
  guardrailsEnabled: boolean
  /** Whether there is a key to ask a model with. Without one, reviews are held. */
  hasReviewer: boolean
  humanReviewFor: readonly HumanReviewReason[]
  reviewMaxBytes: number
  reviewMaxAttempts: number
  budgetUsdPerDay: number | undefined
  blockedQuotaPerDay: number
  blockedBundleTtlDays: number
}
