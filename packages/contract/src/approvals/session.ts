import { ApprovalMode, policyOf } from '@countersign/core/approvals/sessions/approval-mode'
import type { Sandbox } from '@countersign/core/approvals/sessions/sandbox'
import type { Session } from '@countersign/core/approvals/sessions/session'
import { type Turn, TurnStatus } from '@countersign/core/approvals/sessions/turn'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import { Moment, viewMoment } from '../page.ts'

const spellings = {
  readOnly: 'read_only',
  workspaceWrite: 'workspace_write',
  dangerFullAccess: 'danger_full_access',
} as const

const SandboxType = z
  .string()
  .transform((type) => (type in spellings ? spellings[type as keyof typeof spellings] : type))
  .pipe(z.enum(['read_only', 'workspace_write', 'danger_full_access']))

/** An object, or the bare name of its type. */
export const SandboxBody = z
  .union([
    SandboxType.transform((type) => ({ type })),
    z.object({
      type: SandboxType,
      writable_roots: z.array(z.string().startsWith('/').max(4096)).max(100).optional(),
      network: z.boolean().optional(),
    }),
  ])
  .describe('`{type: read_only|workspace_write|danger_full_access, writable_roots?, network?}`')

export const SandboxView = z
  .object({
    type: z.enum(['read_only', 'workspace_write', 'danger_full_access']),
    writable_roots: z.array(z.string()).optional(),
    network: z.boolean().optional(),
  })
  .meta({ id: 'Sandbox' })

/** Any text: a mode that there is not is answered with the ones that there are. */
const Mode = z
  .string()
  .max(100)
  .nullish()
  .describe(`One of ${ApprovalMode.options.map((mode) => `\`${mode}\``).join(', ')}`)
const BypassTtl = z.int().min(60).max(28_800).optional().describe('Default 900')

const Settings = z.object({
  approval_mode: Mode,
  sandbox: SandboxBody.nullish(),
  bypass_ttl_s: BypassTtl,
})

export const SessionBody = Settings.extend({ workspace_id: Id.nullish() })
export type SessionBody = z.input<typeof SessionBody>
export const ChangeBody = Settings
export type ChangeBody = z.input<typeof ChangeBody>
export const TurnBody = z.object({
  approval_mode: Mode,
  sandbox_policy: SandboxBody.nullish(),
  bypass_ttl_s: BypassTtl,
})
export type TurnBody = z.input<typeof TurnBody>
export const TurnPatch = z.object({ status: TurnStatus })
export const SessionQuery = z.object({ include: z.literal('turns').optional() })

const ApprovalPolicy = z.enum(['never', 'on_request'])

export const TurnView = z
  .object({
    id: Id,
    session_id: Id,
    n: z.int(),
    approval_mode: ApprovalMode,
    sandbox: SandboxView,
    approval_policy: ApprovalPolicy,
    overridden: z.boolean(),
    status: TurnStatus,
    started_at: Moment,
    ended_at: Moment.nullable(),
  })
  .meta({ id: 'Turn' })
export type TurnView = z.infer<typeof TurnView>

export const SessionView = z
  .object({
    id: Id,
    workspace_id: Id,
    approval_mode: ApprovalMode,
    sandbox: SandboxView,
    approval_policy: ApprovalPolicy,
    forked_from_id: Id.nullable(),
    bypass_expires_at: Moment.nullable(),
    review_suspended_at: Moment.nullable(),
    status: z.enum(['active', 'archived']),
    version: z.int(),
    created_at: Moment,
    turns: z.array(TurnView).optional(),
  })
  .meta({ id: 'Session' })
export type SessionView = z.infer<typeof SessionView>

/** The sandbox that a body asks for; `undefined` if it asks for none. */
export function readSandbox(body: z.infer<typeof SandboxBody> | null | undefined) {
  if (!body) return undefined
  const {
    type,
    writable_roots: writableRoots,
    network,
  } = { writable_roots: undefined, network: undefined, ...body }
  return {
    type,
    ...(writableRoots && { writableRoots }),
    ...(network !== undefined && { network }),
  }
}

export function viewSession(session: Session, turns?: readonly Turn[]): SessionView {
  return {
    id: session.id,
    workspace_id: session.workspaceId,
    ...viewEffective(session),
    forked_from_id: session.forkedFromId,
    bypass_expires_at: viewMoment(session.bypassExpiresAt),
    review_suspended_at: viewMoment(session.reviewSuspendedAt),
    status: session.status,
    version: session.version,
    created_at: viewMoment(session.createdAt),
    ...(turns && { turns: turns.map(viewTurn) }),
  }
}

export function viewTurn(turn: Turn): TurnView {
  return {
    id: turn.id,
    session_id: turn.sessionId,
    n: turn.n,
    ...viewEffective(turn),
    overridden: turn.overridden,
    status: turn.status,
    started_at: viewMoment(turn.startedAt),
    ended_at: viewMoment(turn.endedAt),
  }
}

function viewEffective({ approvalMode, sandbox }: Pick<Turn, 'approvalMode' | 'sandbox'>) {
  return {
    approval_mode: approvalMode,
    sandbox: viewSandbox(sandbox),
    approval_policy: policyOf(approvalMode),
  }
}

function viewSandbox({ type, writableRoots, network }: Sandbox) {
  return {
    type,
    ...(writableRoots && { writable_roots: writableRoots }),
    ...(network !== undefined && { network }),
  }
}
