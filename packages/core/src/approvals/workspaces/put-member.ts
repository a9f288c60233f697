import { ServiceError } from '../../errors.ts'
import type { Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import { auditWorkspace } from './audit-workspace.ts'
import { requireSteward } from './require-workspace.ts'

export interface Membership {
  caller: Caller
  workspaceId: Id
  principalId: Id
}

/** Lets a person into a workspace, or changes whether they decide there. */
export async function putMember(
  { transact }: Pick<Ports, 'transact'>,
  { caller, workspaceId, principalId, canDecide }: Membership & { canDecide: boolean },
): Promise<{ handle: string }> {
  return transact(async (store) => {
    await requireSteward(store, caller, workspaceId)
    const person = await requirePerson(store, principalId)
    await store.workspaces.putMember({ workspaceId, principalId, canDecide, addedBy: caller.id })
    await auditWorkspace(store, caller, workspaceId, 'workspace.member_put', {
      principal_id: principalId,
      can_decide: canDecide,
    })
    return { handle: person.handle }
  })
}

/** Agents come with the person they act for. */
async function requirePerson({ principals }: Store, id: Id) {
  const person = await principals.find(id)
  if (person?.kind === 'user' && !person.disabledAt) return person
  const message = 'is no person here'
  throw new ServiceError('validation_failed', {
    detail: `principal_id: ${message}`,
    members: { errors: [{ path: 'principal_id', message }] },
  })
}
