import { type Grant, GrantEffect, GrantKind } from '@countersign/core/approvals/grants/grant'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import { Moment, PageQuery, viewMoment } from '../page.ts'
import { ActionName } from './gate.ts'

const daysMax = 90

export const GrantQuery = PageQuery.extend({ workspace_id: Id.optional() })

/** An answer given in advance. Without a session it is global to its workspace. */
export const GrantBody = z.object({
  kind: GrantKind,
  effect: GrantEffect.default('allow'),
  action: ActionName,
  workspace_id: Id.optional(),
  session_id: Id.optional(),
  session_key: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The session of a client of `/confirm`'),
  request_hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .describe('Only for exactly this action and context'),
  max_uses: z.int().min(1).max(1_000_000).optional(),
  expires_in_s: z
    .int()
    .min(1)
    .max(daysMax * 86_400),
})

export type GrantBody = z.input<typeof GrantBody>

export const GrantView = z
  .object({
    id: Id,
    kind: GrantKind,
    effect: GrantEffect,
    action: z.string(),
    workspace_id: Id,
    session_id: Id.nullable(),
    session_key: z.string().nullable(),
    request_hash: z.string().nullable(),
    max_uses: z.int().nullable(),
    uses: z.int(),
    created_by: Id,
    created_at: Moment,
    expires_at: Moment,
  })
  .meta({ id: 'Grant' })
export type GrantView = z.infer<typeof GrantView>

export function viewGrant(grant: Grant): GrantView {
  return {
    id: grant.id,
    kind: grant.kind,
    effect: grant.effect,
    action: grant.action,
    workspace_id: grant.workspaceId,
    session_id: grant.sessionId,
    session_key: grant.sessionKey,
    request_hash: grant.requestHash,
    max_uses: grant.maxUses,
    uses: grant.uses,
    created_by: grant.createdBy,
    created_at: viewMoment(grant.createdAt),
    expires_at: viewMoment(grant.expiresAt),
  }
}
