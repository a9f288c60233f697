import type { Caller } from '@countersign/core/identity/caller'
import type { Principal, Token } from '@countersign/core/identity/principal'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import { Moment, viewMoment } from './page.ts'

const Role = z.enum(['user', 'admin'])
const Password = z.string().min(8).max(256)
const Email = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, 'is not an e-mail address')

export const LoginBody = z.object({
  email: z.string().trim().max(254),
  password: z.string().max(1024),
})

export const LoginView = z
  .object({
    access_token: z.string(),
    token_type: z.literal('bearer'),
    expires_in: z.int().describe('Seconds'),
    csrf_token: z.string().describe('Send it as `x-csrf-token` on writes with the cookie.'),
    user: z.object({ id: Id, email: z.string(), role: Role }),
  })
  .meta({ id: 'Login' })
export type LoginView = z.infer<typeof LoginView>

export const MeView = z
  .object({
    id: Id,
    kind: z.enum(['user', 'agent']),
    email: z.string().nullable(),
    role: Role.nullable(),
    handle: z.string(),
    csrf_token: z.string().nullable().describe('Null unless the caller came with the cookie.'),
  })
  .meta({ id: 'Me' })
export type MeView = z.infer<typeof MeView>

export function viewMe(caller: Caller, csrfToken: string | null): MeView {
  const { id, kind, email, role, handle } = caller
  return { id, kind, email, role, handle, csrf_token: csrfToken }
}

export const TokenBody = z.object({
  name: z.string().trim().min(1).max(100),
  kind: z.enum(['user', 'agent']),
  expires_in_days: z.int().min(1).max(3650).optional(),
})

export const TokenView = z
  .object({
    id: Id,
    name: z.string(),
    kind: z.enum(['user', 'agent']),
    principal_id: Id.describe('Who acts with it: yourself, or the agent.'),
    expires_at: Moment.nullable(),
    created_at: Moment,
  })
  .meta({ id: 'Token' })
export type TokenView = z.infer<typeof TokenView>

export function viewToken(token: Token): TokenView {
  const { id, name, kind, principalId, expiresAt, createdAt } = token
  return {
    id,
    name,
    kind: kind === 'agent' ? 'agent' : 'user',
    principal_id: principalId,
    expires_at: viewMoment(expiresAt),
    created_at: viewMoment(createdAt),
  }
}

export const NewTokenView = TokenView.extend({
  token: z.string().describe('Shown this once; only its hash is kept.'),
}).meta({ id: 'NewToken' })
export type NewTokenView = z.infer<typeof NewTokenView>

export const UserBody = z.object({ email: Email, password: Password, role: Role.default('user') })

export const UserPatch = z
  .strictObject({
    role: Role.optional(),
    disabled: z.boolean().optional(),
    password: Password.optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'names nothing to change')

export const PasswordBody = z.object({ current_password: z.string().max(1024), password: Password })

export const UserView = z
  .object({
    id: Id,
    email: z.string(),
    handle: z.string(),
    role: Role,
    disabled: z.boolean(),
    created_at: Moment,
  })
  .meta({ id: 'User' })
export type UserView = z.infer<typeof UserView>

export function viewUser(user: Principal): UserView {
  const { id, email, handle, role, disabledAt, createdAt } = user
  return {
    id,
    email: email ?? '',
    handle,
    role: role ?? 'user',
    disabled: disabledAt !== null,
    created_at: viewMoment(createdAt),
  }
}
