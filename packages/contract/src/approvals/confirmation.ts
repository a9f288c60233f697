import {
  confirmationStatus,
  type Submitted,
} from '@countersign/core/approvals/confirmations/confirmation-status'
import type { Approval } from '@countersign/core/approvals/tickets/approval'
import { z } from 'zod'
import { viewMoment } from '../page.ts'

const timeouts = { default: 300, min: 30, max: 3600 }

const Status = z.enum(['pending', 'approved', 'denied', 'expired'])

/** What the daemon says where it refuses. */
export const RefusalView = z.looseObject({ error: z.string() }).meta({ id: 'ConfirmationRefusal' })

/** The body of `POST /confirm`, for the document; what does not fit is refused in the daemon's words. */
export const SubmissionBody = z.object({
  action: z.string(),
  description: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  requester: z.string().optional().describe('A label, by default `agent`'),
  session_key: z.string().optional(),
  timeout_seconds: z.number().optional().describe('30 to 3600, by default 300'),
})

export const AutoApprovedView = z
  .object({
    id: z.string(),
    action: z.string(),
    status: z.literal('auto_approved'),
    message: z.string(),
  })
  .meta({ id: 'AutoApproved' })

export const SubmittedView = z
  .object({
    id: z.string(),
    action: z.string(),
    status: z.literal('pending'),
    timeout_seconds: z.int(),
    message: z.string(),
    approve_url: z.string(),
    deny_url: z.string(),
  })
  .meta({ id: 'SubmittedConfirmation' })

export const ResolvedView = z
  .object({
    id: z.string(),
    action: z.string(),
    status: Status,
    resolved_by: z.string().nullable(),
    resolved_by_principal: z.string().nullable(),
    resolved_at: z.number().nullable(),
    reason: z.string().optional(),
  })
  .meta({ id: 'ResolvedConfirmation' })

export const ConfirmationView = z
  .object({
    id: z.string(),
    action: z.string(),
    description: z.string(),
    details: z.record(z.string(), z.unknown()),
    requester: z.string(),
    session_key: z.string(),
    status: Status,
    resolved_by: z.string().nullable(),
    resolved_by_principal: z.string().nullable(),
    reason: z.string().nullable(),
    created_at: z.number().describe('Seconds since 1970'),
    created_at_iso: z.string(),
    resolved_at: z.number().nullable(),
    resolved_at_iso: z.string().nullable(),
    timeout_seconds: z.int(),
  })
  .meta({ id: 'Confirmation' })

export const ConfirmationAuditView = z
  .object({ count: z.int(), entries: z.array(z.record(z.string(), z.unknown())) })
  .meta({ id: 'ConfirmationAudit' })

/** Reads a submission as the daemon does; says in its words what is wrong with it. */
export function readSubmission(body: unknown): Submitted | { error: string } {
  if (!isObject(body)) return { error: 'Invalid JSON body' }
  const action = readText(body.action)
  if (!action) return { error: "Field 'action' is required" }
  if (action.length > 200) return { error: "Field 'action' is longer than 200 characters" }
  const description = readText(body.description)
  if (!description) return { error: "Field 'description' is required" }
  const { details = {} } = body
  if (!isObject(details)) return { error: "Field 'details' must be an object" }
  return {
    action,
    description,
    details,
    requester: readText(body.requester) || 'agent',
    sessionKey: readText(body.session_key),
    timeoutSeconds: readTimeout(body.timeout_seconds),
  }
}

/** Text without what PostgreSQL cannot keep. */
function readText(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed().trim() : ''
}

function readTimeout(value: unknown): number {
  const isNumeric = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
  const seconds = isNumeric ? Math.trunc(Number(value)) : Number.NaN
  if (Number.isNaN(seconds)) return timeouts.default
  return Math.min(Math.max(seconds, timeouts.min), timeouts.max)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What somebody who decides calls themselves, and why; whatever cannot be read is nothing. */
export function readDecision(body: unknown, who: 'approver' | 'denier') {
  const fields = isObject(body) ? body : {}
  return {
    label: readText(fields[who]).slice(0, 200) || undefined,
    reason: readText(fields.reason).slice(0, 4000),
  }
}

export function viewSubmitted(approval: Approval): z.infer<typeof SubmittedView> {
  const id = approval.confirmId ?? ''
  return {
    id,
    action: approval.action,
    status: 'pending',
    timeout_seconds: timeoutOf(approval),
    message: `Confirmation required. Waiting for a person to approve or deny '${approval.action}'.`,
    approve_url: `/confirm/${id}/approve`,
    deny_url: `/confirm/${id}/deny`,
  }
}

export function viewResolved(approval: Approval): z.infer<typeof ResolvedView> {
  const { status, reason, ...view } = viewConfirmation(approval)
  return {
    id: view.id,
    action: view.action,
    status,
    resolved_by: view.resolved_by,
    resolved_by_principal: view.resolved_by_principal,
    resolved_at: view.resolved_at,
    ...(status === 'denied' && reason ? { reason } : {}),
  }
}

export function viewConfirmation(approval: Approval): z.infer<typeof ConfirmationView> {
  const { context, createdAt, decidedAt, decidedBy } = approval
  return {
    id: approval.confirmId ?? '',
    action: approval.action,
    description: String(context.description),
    details: isObject(context.details) ? context.details : {},
    requester: approval.requesterLabel ?? '',
    session_key: approval.sessionKey ?? '',
    status: confirmationStatus(approval.status),
    resolved_by: approval.resolvedLabel ?? decidedBy,
    resolved_by_principal: decidedBy?.startsWith('system') ? null : decidedBy,
    reason: approval.decisionReason || null,
    created_at: createdAt.getTime() / 1000,
    created_at_iso: viewMoment(createdAt),
    resolved_at: decidedAt && decidedAt.getTime() / 1000,
    resolved_at_iso: viewMoment(decidedAt),
    timeout_seconds: timeoutOf(approval),
  }
}

function timeoutOf({ createdAt, expiresAt }: Approval): number {
  return Math.round((expiresAt.getTime() - createdAt.getTime()) / 1000)
}

/** A step of the record, with its moments as text too. */
export function viewStep(step: Readonly<Record<string, unknown>>) {
  const iso = (seconds: unknown) =>
    typeof seconds === 'number' ? new Date(seconds * 1000).toISOString() : null
  return {
    ...step,
    created_at_iso: iso(step.created_at),
    resolved_at_iso: iso(step.resolved_at),
  }
}
