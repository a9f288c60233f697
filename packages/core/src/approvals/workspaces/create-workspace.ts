import type { Caller } from '../../identity/caller.ts'
import { type Id, newId } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import type { ApprovalMode } from '../sessions/approval-mode.ts'
import { auditWorkspace } from './audit-workspace.ts'
import { requireSteward } from './require-workspace.ts'
import type { Workspace } from './workspace.ts'

/**
 * Adds a workspace, with its creator as the first member. Anybody may; below another one, only admins
 * and whoever made that.
 */
export async function createWorkspace(
  { transact }: Pick<Ports, 'transact'>,
  request: {
    caller: Caller
    name: string
    parentId: Id | null
    maxMode: ApprovalMode | null
  },
): Promise<Workspace> {
  const { caller, name, maxMode, parentId } = request
  return transact(async (store) => {
    if (parentId !== null) await requireSteward(store, caller, parentId)
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
