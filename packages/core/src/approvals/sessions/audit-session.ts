import type { Caller } from '../../identity/caller.ts'
import type { Store } from '../../repositories.ts'
import type { Session } from './session.ts'

/** Puts what happened to a session on record, with what is in force after it. */
export async function auditSession(
  { audit }: Pick<Store, 'audit'>,
  { id, kind }: Caller,
  action: `session.${string}`,
  session: Session,
  params: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await audit.append({
    actor: { id, kind },
    action,
    resource: `session:${session.id}`,
    params: {
      workspace_id: session.workspaceId,
      approval_mode: session.approvalMode,
      sandbox: session.sandbox,
      bypass_expires_at: session.bypassExpiresAt?.toISOString() ?? null,
      ...params,
    },
  })
}
