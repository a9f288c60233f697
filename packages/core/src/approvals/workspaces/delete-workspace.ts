import { ServiceError } from '../../errors.ts'
import type { Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import { type Gated, gateDestructive } from '../gate/gate-destructive.ts'
import { auditWorkspace } from './audit-workspace.ts'
import { requireSteward } from './require-workspace.ts'
import { rootWorkspaceId } from './workspace.ts'

/**
 * Closes a workspace for good, once somebody else has approved it. What was asked and decided in it
 * stays on record. One with workspaces below it stays, and so does the root.
 */
export async function deleteWorkspace(
  ports: Pick<Ports, 'store' | 'transact'>,
  { caller, workspaceId, isSolo }: { caller: Caller; workspaceId: Id; isSolo: boolean },
): Promise<Gated<void>> {
  const { workspace } = await requireSteward(ports.store, caller, workspaceId)
  if (workspaceId === rootWorkspaceId) {
    throw new ServiceError('forbidden', { detail: 'The root workspace stays.' })
  }
  await refuseWithChildren(ports.store, workspaceId)
  const gated = {
    caller,
    alone: isSolo ? ('only_admin' as const) : undefined,
    action: 'delete_workspace' as const,
    workspaceId,
    context: { workspace_id: workspaceId, name: workspace.name },
    reason: `Delete the workspace ${workspace.name}`,
  }
  return gateDestructive(ports, gated, async (store) => {
    await refuseWithChildren(store, workspaceId)
    if (!(await store.workspaces.delete(workspaceId))) throw new ServiceError('not_found')
    await auditWorkspace(store, caller, workspaceId, 'workspace.delete', { name: workspace.name })
  })
}

async function refuseWithChildren(
  { workspaces }: Pick<Ports['store'], 'workspaces'>,
  id: Id,
): Promise<void> {
  if (await workspaces.hasChildren(id)) throw new ServiceError('workspace_not_empty')
}
