import type { Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Store } from '../../repositories.ts'

/** Puts a change of a workspace on record, in the transaction of the change. */
export async function auditWorkspace(
  { audit }: Pick<Store, 'audit'>,
  { id, kind }: Caller,
  workspaceId: Id,
  action: `workspace.${string}`,
  params: Readonly<Record<string, unknown>>,
): Promise<void> {
  await audit.append({
    actor: { id, kind },
    action,
    resource: `workspace:${workspaceId}`,
    params,
  })
}
