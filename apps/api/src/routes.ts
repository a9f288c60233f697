import type { Services } from './compose.ts'
import { consoleRoutes } from './console/console-routes.ts'
import type { Api } from './router.ts'
import { adminSubmissionRoutes } from './routes/admin-submissions.ts'
import { confirmationRoutes } from './routes/approvals/confirmations.ts'
import { executionRoutes } from './routes/approvals/executions.ts'
import { gateRoutes } from './routes/approvals/gate.ts'
import { grantRoutes } from './routes/approvals/grants.ts'
import { memberRoutes } from './routes/approvals/members.ts'
import { sessionRoutes } from './routes/approvals/sessions.ts'
import { ticketRoutes } from './routes/approvals/tickets.ts'
import { turnRoutes } from './routes/approvals/turns.ts'
import { workspaceRoutes } from './routes/approvals/workspaces.ts'
import { auditRoutes } from './routes/audit.ts'
import { authRoutes } from './routes/auth.ts'
import { bulkDecisionRoutes } from './routes/decisions/bulk-decisions.ts'
import { claimRoutes } from './routes/decisions/claims.ts'
import { commentRoutes } from './routes/decisions/comments.ts'
import { decisionRoutes } from './routes/decisions/decisions.ts'
import { diffRoutes } from './routes/diffs.ts'
import { documentRoutes } from './routes/documents.ts'
import { editRoutes } from './routes/edits.ts'
import { entityRoutes } from './routes/entities.ts'
import { healthRoutes } from './routes/health.ts'
import { marketplaceRoutes } from './routes/marketplace.ts'
import { opsRoutes } from './routes/operations/ops.ts'
import { suppressionRoutes } from './routes/operations/suppressions.ts'
import { submissionRoutes } from './routes/submissions.ts'
import { answerRoutes } from './routes/telling/answers.ts'
import { channelIdentityRoutes } from './routes/telling/channel-identities.ts'
import { eventRoutes } from './routes/telling/events.ts'
import { telegramRoutes } from './routes/telling/telegram.ts'
import { webhookRoutes } from './routes/telling/webhooks.ts'
import { tokenRoutes } from './routes/tokens.ts'
import { userRoutes } from './routes/users.ts'
import { versionRoutes } from './routes/versions.ts'

/** Every route, in the order in which the OpenAPI document shows them. */
const resources = [
  entityRoutes,
  editRoutes,
  versionRoutes,
  diffRoutes,
  submissionRoutes,
  marketplaceRoutes,
  adminSubmissionRoutes,
  decisionRoutes,
  commentRoutes,
  claimRoutes,
  bulkDecisionRoutes,
  gateRoutes,
  ticketRoutes,
  executionRoutes,
  grantRoutes,
  sessionRoutes,
  turnRoutes,
  workspaceRoutes,
  memberRoutes,
  confirmationRoutes,
  eventRoutes,
  webhookRoutes,
  channelIdentityRoutes,
  telegramRoutes,
  answerRoutes,
  opsRoutes,
  suppressionRoutes,
  auditRoutes,
  authRoutes,
  tokenRoutes,
  userRoutes,
  healthRoutes,
  documentRoutes,
  consoleRoutes,
]

export type RegisterRoutes = (app: Api, services: Services) => void

export const registerRoutes: RegisterRoutes = (app, services) => {
  for (const register of resources) register(app, services)
}

/** What the listener of the confirmation daemon's clients serves. */
export const registerConfirmationRoutes: RegisterRoutes = (app, services) => {
  confirmationRoutes(app, services)
  healthRoutes(app, services)
}
