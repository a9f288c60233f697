import { ServiceError } from '../../errors.ts'
import type { Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import type { ApprovalMode } from '../sessions/approval-mode.ts'
import { auditWorkspace } from './audit-workspace.ts'
import { requireSteward } from './require-workspace.ts'
import type { Workspace } from './workspace.ts'

interface WorkspacePatch {
  name?: string | undefined
  maxMode?: ApprovalMode | null | undefined
}

/** Renames a workspace, or changes what its sessions may be at most. */
export async function updateWorkspace(
  { transact }: Pick<Ports, 'transact'>,
  { caller, workspaceId, patch }: { caller: Caller; workspaceId: Id; patch: WorkspacePatch },
): Promise<Workspace> {
  return transact(async (store) => {
    await requireSteward(store, caller, workspaceId)
    const { name, maxMode } = patch
    const changes = { ...(name && { name }), ...(maxMode !== undefined && { maxMode }) }
    const updated = await store.workspaces.update(workspaceId, changes)
    if (!updated) throw new ServiceError('not_found')
    await auditWorkspace(store, caller, workspaceId, 'workspace.update', {
      ...(name && { name }),
      ...(maxMode !== undefined && { max_mode: maxMode }),
    })
    return updated
  })
}
