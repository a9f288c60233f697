import { ServiceError } from '../../errors.ts'
import type { Ports } from '../../ports.ts'
import { auditWorkspace } from './audit-workspace.ts'
import type { Membership } from './put-member.ts'
import { requireSteward } from './require-workspace.ts'

/** Takes a person out of a workspace. */
export async function removeMember(
  { transact }: Pick<Ports, 'transact'>,
  { caller, workspaceId, principalId }: Membership,
): Promise<void> {
  await transact(async (store) => {
    await requireSteward(store, caller, workspaceId)
    if (!(await store.workspaces.removeMember(workspaceId, principalId))) {
      throw new ServiceError('not_found')
    }
    await auditWorkspace(store, caller, workspaceId, 'workspace.member_removed', {
      principal_id: principalId,
    })
  })
}
