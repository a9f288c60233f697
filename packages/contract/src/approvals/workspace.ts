import type { WorkspaceMember } from '@countersign/core/approvals/reads'
import { ApprovalMode } from '@countersign/core/approvals/sessions/approval-mode'
import type { Workspace } from '@countersign/core/approvals/workspaces/workspace'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import { Moment, viewMoment } from '../page.ts'

const Name = z.string().trim().min(1).max(100)
const MaxMode = ApprovalMode.nullable().describe(
  'The most permissive mode that a session may have in it and below it; null for any',
)

export const WorkspaceBody = z.object({
  name: Name,
  parent_id: Id.nullish().describe('Whose members are told of requests too'),
  max_mode: MaxMode.optional(),
})

export type WorkspaceBody = z.input<typeof WorkspaceBody>

export const WorkspacePatch = z
  .strictObject({ name: Name.optional(), max_mode: MaxMode.optional() })
  .refine((patch) => Object.keys(patch).length > 0, 'names nothing to change')

export const WorkspaceView = z
  .object({
    id: Id,
    name: z.string(),
    parent_id: Id.nullable(),
    max_mode: MaxMode,
    created_at: Moment,
  })
  .meta({ id: 'Workspace' })
export type WorkspaceView = z.infer<typeof WorkspaceView>

export function viewWorkspace(workspace: Workspace): WorkspaceView {
  const { id, name, parentId, maxMode, createdAt } = workspace
  return { id, name, parent_id: parentId, max_mode: maxMode, created_at: viewMoment(createdAt) }
}

export const MemberBody = z.object({ can_decide: z.boolean().default(false) })

export const MemberView = z
  .object({ id: Id, handle: z.string(), can_decide: z.boolean() })
  .meta({ id: 'Member' })
export type MemberView = z.infer<typeof MemberView>

export function viewMember({ id, handle, canDecide }: WorkspaceMember): MemberView {
  return { id, handle, can_decide: canDecide }
}
