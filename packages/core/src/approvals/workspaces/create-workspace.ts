import type { Caller } from '../../identity/caller.ts'
import { type Id, newId } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import type { ApprovalMode } from '../sessions/approval-mode.ts'
import { auditWorkspace } from './audit-workspace.ts'
import { requireSteward } from './require-workspace.ts'
import { rootWorkspaceId, type Workspace } from './workspace.ts'

/**
 * Adds a workspace below another one, with its creator as the first member. Below the root anybody may;
 * below any other, only admins and those who decide there.
 */
export async function createWorkspace(
  { transact }: Pick<Ports, 'transact'>,
  request: {
    caller: Caller
    name: string
    parentId: Id | undefined
    maxMode: ApprovalMode | null
  },
): Promise<Workspace> {
  const { caller, name, maxMode } = request
  const parentId = request.parentId ?? rootWorkspaceId
  return transact(async (store) => {
    if (parentId !== rootWorkspaceId) await requireSteward(store, caller, parentId)
    const { personId } = caller
    const added = { id: newId(), parentId, name, maxMode, createdBy: caller.id }
    const workspace = await store.workspaces.insert(added)
    await store.workspaces.putMember({
      workspaceId: workspace.id,
      principalId: personId,
      canDecide: false,
      addedBy: caller.id,
    })
    await auditWorkspace(store, caller, workspace.id, 'workspace.create', {
      name,
      parent_id: parentId,
      max_mode: maxMode,
    })
    return workspace
  })
}
