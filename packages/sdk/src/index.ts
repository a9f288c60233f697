export type {
  AdminSubmissionList,
  AdminSubmissionView,
  BulkRetryView,
  ReasonBody,
} from '@countersign/contract/admin'
export type { ApprovalView } from '@countersign/contract/approvals/approval'
export type { ExecutionView } from '@countersign/contract/approvals/execution'
export type { AllowedView, PendingView } from '@countersign/contract/approvals/gate'
export type { GrantView } from '@countersign/contract/approvals/grant'
export type { SessionView, TurnView } from '@countersign/contract/approvals/session'
export type { MemberView, WorkspaceView } from '@countersign/contract/approvals/workspace'
export type { AuditEntryView, AuditReportView } from '@countersign/contract/audit'
export type { CapabilityDeltaView } from '@countersign/contract/capabilities'
export { decisionTexts } from '@countersign/contract/decision-texts'
export type { EntityView, SubmittedEntityView } from '@countersign/contract/entity'
export type { ChecksView, FindingView } from '@countersign/contract/finding'
export type {
  LoginView,
  MeView,
  NewTokenView,
  TokenView,
  UserView,
} from '@countersign/contract/identity'
export type { FailingReviewView } from '@countersign/contract/operations/job'
export type { OpsView } from '@countersign/contract/operations/ops'
export type { SuppressionBody, SuppressionView } from '@countersign/contract/operations/suppression'
export type { Problem } from '@countersign/contract/problem'
export type { StatusView } from '@countersign/contract/status'
export type {
  OwnSubmissionView,
  ReviewView,
  SubmissionView,
} from '@countersign/contract/submission'
export type { RehearsalView } from '@countersign/contract/submit'
export type { EventView } from '@countersign/contract/telling/event'
export type {
  DeliveryView,
  NewWebhookView,
  WebhookView,
} from '@countersign/contract/telling/webhook'
export type { RemarkView } from '@countersign/contract/thread'
export type { DiffView, FileView } from '@countersign/contract/version'
export type { Decision, GateAnswer } from './approvals/approvals-api.ts'
export { type Client, createClient } from './create-client.ts'
export type { StreamedEvent } from './events-api.ts'
export { type ApprovalMode, approvalModes } from './gate/check-mode.ts'
export { ConflictingMode, NotApproved, StillPending } from './gate/errors.ts'
export type { AskOptions, Effect, Gate, Permission, Question } from './gate/gate.ts'
export type { Thread, Threads, ToolResult, Turn } from './gate/threads.ts'
export type { Page } from './page.ts'
export { type Connection, CountersignError, Unreachable } from './request.ts'
