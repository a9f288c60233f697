import type { WorkspaceRepository } from '@countersign/core/approvals/repositories'
import { ApprovalMode } from '@countersign/core/approvals/sessions/approval-mode'
import { rootWorkspaceId } from '@countersign/core/approvals/workspaces/workspace'
import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import type { Connection } from '../../connection.ts'
import { workspaceMembers, workspaces } from '../../schema/approvals.ts'

const isOpen = isNull(workspaces.deletedAt)

/** The ceilings of a workspace, of those above it, and of the root, which binds them all. */
const ceilings = sql<ApprovalMode[]>`to_json(array(
  with recursive above as (
    select id, parent_id, max_mode from workspaces root where root.id = ${workspaces.id}
    union all
    select parent.id, parent.parent_id, parent.max_mode
    from workspaces parent join above on parent.id = above.parent_id
  )
  select max_mode from above where max_mode is not null
  union
  select max_mode from workspaces where id = ${rootWorkspaceId} and max_mode is not null
))`

type MemberRepository = Pick<WorkspaceRepository, 'putMember' | 'removeMember'>
type TreeRepository = Omit<WorkspaceRepository, keyof MemberRepository>

export function createWorkspaceRepository(db: Connection): WorkspaceRepository {
  return { ...createTreeRepository(db), ...createMemberRepository(db) }
}

function createTreeRepository(db: Connection): TreeRepository {
  return {
    async findAccess(id, personId) {
      const isOwn = and(
        eq(workspaceMembers.workspaceId, workspaces.id),
        eq(workspaceMembers.principalId, personId),
      )
      const [row] = await db
        .select({
          workspace: getTableColumns(workspaces),
          canDecide: workspaceMembers.canDecide,
          ceilings,
        })
        .from(workspaces)
        .leftJoin(workspaceMembers, isOwn)
        .where(and(eq(workspaces.id, id), isOpen))
      if (!row) return undefined
      const { workspace, canDecide } = row
      const ceiling = ApprovalMode.options.find((mode) => row.ceilings.includes(mode)) ?? null
      return { workspace, isMember: canDecide !== null, canDecide: canDecide ?? false, ceiling }
    },

    async insert(workspace) {
      const [row] = await db.insert(workspaces).values(workspace).returning()
      if (!row) throw new Error('A workspace was written and not given back.')
      return row
    },

    async update(id, changes) {
      const isIt = and(eq(workspaces.id, id), isOpen)
      const [row] = await db.update(workspaces).set(changes).where(isIt).returning()
      return row
    },

    async delete(id) {
      const rows = await db
        .update(workspaces)
        .set({ deletedAt: sql`clock_timestamp()` })
        .where(and(eq(workspaces.id, id), isOpen))
        .returning({ id: workspaces.id })
      return rows.length > 0
    },

    async hasChildren(id) {
      return (await db.$count(workspaces, and(eq(workspaces.parentId, id), isOpen))) > 0
    },
  }
}

function createMemberRepository(db: Connection): MemberRepository {
  return {
    async putMember(member) {
      const { workspaceId, principalId } = workspaceMembers
      await db
        .insert(workspaceMembers)
        .values(member)
        .onConflictDoUpdate({
          target: [workspaceId, principalId],
          set: { canDecide: member.canDecide },
        })
    },

    async removeMember(workspaceId, principalId) {
      const rows = await db
        .delete(workspaceMembers)
        .where(
          and(
            eq(workspaceMembers.workspaceId, workspaceId),
            eq(workspaceMembers.principalId, principalId),
          ),
        )
        .returning({ workspaceId: workspaceMembers.workspaceId })
      return rows.length > 0
    },
  }
}
