import { ServiceError } from '../../errors.ts'
import { type Caller, isAdmin } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Store } from '../../repositories.ts'
import type { WorkspaceAccess } from '../repositories.ts'
import { rootWorkspaceId } from './workspace.ts'

/**
 * Gives a workspace as the caller stands to it. To whoever is no member there is none; the root is
 * everybody's.
 */
export async function requireWorkspace(
  { workspaces }: Pick<Store, 'workspaces'>,
  caller: Caller,
  id: Id,
): Promise<WorkspaceAccess> {
  const access = await workspaces.findAccess(id, caller.personId)
  const isKnown = access?.isMember || isAdmin(caller) || id === rootWorkspaceId
  if (!access || !isKnown) {
    throw new ServiceError('not_found', { detail: 'There is no such workspace.' })
  }
  return access
}

/**
 * Refuses everybody but admins and the person who made the workspace: those who say who is in it and
 * who decides. An agent never does.
 */
export async function requireSteward(
  store: Pick<Store, 'workspaces'>,
  caller: Caller,
  id: Id,
): Promise<WorkspaceAccess> {
  const access = await requireWorkspace(store, caller, id)
  const isCreator = caller.kind === 'user' && access.workspace.createdBy === caller.id
  if (!isAdmin(caller) && !isCreator) throw new ServiceError('forbidden')
  return access
}
