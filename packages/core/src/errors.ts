/** What went wrong, in terms a caller can act on. The API maps each kind to one HTTP status. */
export type ErrorKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'denied'
  | 'missing'
  | 'conflict'
  | 'gone'
  | 'stale'
  | 'oversized'
  | 'unsupported'
  | 'exhausted'
  | 'failed'
  | 'unavailable'

const catalog = {
  unsupported_media_type: { kind: 'unsupported', title: 'The content type is not supported here' },
  malformed_request: { kind: 'malformed', title: 'The request is not HTTP' },
  invalid_json: { kind: 'malformed', title: 'The body is not JSON' },
  validation_failed: { kind: 'invalid', title: 'The request does not fit its schema' },
  too_large: { kind: 'oversized', title: 'The request is larger than the limit' },
  not_found: { kind: 'missing', title: 'There is no such thing, or it is not yours to see' },
  unauthenticated: { kind: 'unauthenticated', title: 'A valid token is needed' },
  invalid_credentials: { kind: 'unauthenticated', title: 'The e-mail or the password is wrong' },
  forbidden: { kind: 'denied', title: 'You may not do this' },
  rate_limited: { kind: 'exhausted', title: 'Too many requests for now' },
  quota_exceeded: { kind: 'exhausted', title: 'Too many blocked submissions for today' },
  idempotency_mismatch: {
    kind: 'invalid',
    title: 'The idempotency key was used for another request',
  },
  idempotency_in_progress: {
    kind: 'conflict',
    title: 'A request with this idempotency key is still running',
  },
  precondition_failed: { kind: 'stale', title: 'The resource changed since you read it' },
  email_taken: { kind: 'conflict', title: 'Somebody has this e-mail already' },
  last_admin: { kind: 'conflict', title: 'Somebody has to stay an admin' },
  submission_blocked: { kind: 'invalid', title: 'The checks blocked the bundle' },
  invalid_bundle: { kind: 'invalid', title: 'The upload is not a bundle' },
  skill_file_wrong_type: { kind: 'invalid', title: 'A .skill file can only be a skill' },
  name_taken: { kind: 'conflict', title: 'You have an entity of this name already' },
  type_locked: { kind: 'malformed', title: 'The type of an entity never changes' },
  prior_version_pending: { kind: 'conflict', title: 'A version is still under review' },
  entity_busy: { kind: 'conflict', title: 'Another edit of this entity is still running' },
  version_not_found: { kind: 'missing', title: 'There is no such version' },
  already_current: { kind: 'malformed', title: 'This version is live already' },
  version_not_approved: { kind: 'malformed', title: 'This version was never approved' },
  hard_delete_admin_only: { kind: 'denied', title: 'Only an admin deletes for good' },
  quarantined_owner_cannot_delete: {
    kind: 'conflict',
    title: 'A flagged entity is kept until an admin has looked at it',
  },
  not_retryable: { kind: 'conflict', title: 'The submission cannot be retried in its status' },
  not_rescannable: { kind: 'conflict', title: 'The submission cannot be rescanned in its status' },
  not_overridable: { kind: 'conflict', title: 'The submission cannot be overridden in its status' },
  not_decidable: { kind: 'conflict', title: 'The submission cannot be decided in its status' },
  already_claimed: { kind: 'conflict', title: 'Somebody else has claimed the submission' },
  not_withdrawable: {
    kind: 'conflict',
    title: 'The submission cannot be withdrawn in its status',
  },
  self_approval_forbidden: { kind: 'denied', title: 'Nobody decides what they asked for' },
  self_override_forbidden: {
    kind: 'denied',
    title: 'Another admin has to override your own submission',
  },
  bundle_purged: { kind: 'conflict', title: 'The bytes of this bundle were removed' },
  bundle_unservable: {
    kind: 'conflict',
    title: 'The bytes of this version are missing or damaged',
  },
  entity_archived: { kind: 'conflict', title: 'The entity is archived' },
  denied_by_policy: { kind: 'denied', title: 'A rule of the workspace denies this' },
  denied_by_mode: { kind: 'denied', title: 'The mode of the session denies this, unasked' },
  denied_by_reviewer: { kind: 'denied', title: 'The reviewer model denied this' },
  denied_by_human: { kind: 'denied', title: 'A person denied this' },
  recently_denied: { kind: 'denied', title: 'The same was denied a moment ago' },
  outside_workspace: { kind: 'denied', title: 'This lies outside of what the sandbox allows' },
  context_too_large: { kind: 'oversized', title: 'The context is larger than 256 KiB' },
  context_not_canonical: { kind: 'invalid', title: 'Two contexts could come out as this one' },
  gate_failed: { kind: 'failed', title: 'The gate failed, and nothing was run' },
  not_eligible: { kind: 'denied', title: 'You are not one of those who decide this' },
  comment_required: { kind: 'invalid', title: 'A denial needs a comment' },
  already_resolved: { kind: 'conflict', title: 'The request is resolved already' },
  request_expired: { kind: 'conflict', title: 'The request has expired' },
  stale_view: { kind: 'conflict', title: 'You were shown something else than this' },
  already_voted: { kind: 'conflict', title: 'You have voted already' },
  already_consumed: { kind: 'conflict', title: 'The approval is used already' },
  already_reported: { kind: 'conflict', title: 'The execution is over already' },
  conflicting_sandbox: { kind: 'invalid', title: 'The mode and the sandbox contradict each other' },
  invalid_mode: { kind: 'invalid', title: 'There is no such approval mode' },
  mode_forbidden: { kind: 'denied', title: 'You may not set this approval mode here' },
  fork_more_permissive: { kind: 'denied', title: 'A fork by an agent cannot allow itself more' },
  turn_in_progress: { kind: 'conflict', title: 'A turn of this session is still open' },
  turn_over: { kind: 'conflict', title: 'The turn is over already' },
  session_archived: { kind: 'conflict', title: 'The session is archived' },
  grant_not_allowed: { kind: 'invalid', title: 'Only people answer for this action, no grant' },
  workspace_not_empty: { kind: 'conflict', title: 'There are workspaces below this one' },
  unsafe_url: { kind: 'invalid', title: 'The URL leads to a private address' },
  unavailable: { kind: 'unavailable', title: 'The service cannot answer right now' },
  internal: { kind: 'failed', title: 'Something went wrong on our side' },
} as const satisfies Record<string, { kind: ErrorKind; title: string }>

export type ErrorCode = keyof typeof catalog
export const errorCatalog: Readonly<Record<ErrorCode, { kind: ErrorKind; title: string }>> = catalog

/**
 * A failure that callers are meant to see.
 *
 * `detail` and `members` are shown to clients, so they hold nothing secret; put anything else in
 * `cause`, which only the log keeps. `kind` replaces the catalog's where one code has two statuses.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly code: ErrorCode
  readonly kind: ErrorKind
  readonly detail: string
  readonly members: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    options: {
      detail?: string
      kind?: ErrorKind
      members?: Readonly<Record<string, unknown>>
      cause?: unknown
    } = {},
  ) {
    const detail = options.detail ?? `${catalog[code].title}.`
    super(detail, { cause: options.cause })
    this.code = code
    this.kind = options.kind ?? catalog[code].kind
    this.detail = detail
    this.members = options.members ?? {}
  }
}
