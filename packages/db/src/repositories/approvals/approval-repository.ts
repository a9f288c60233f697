import type {
  ApprovalRepository,
  GateAnswer,
  Question,
  Settlement,
} from '@countersign/core/approvals/repositories'
import { timeout } from '@countersign/core/approvals/tickets/approval'
import { and, eq, inArray, isNull, not, or, sql } from 'drizzle-orm'
import { isAhead } from '../../clock.ts'
import type { Connection } from '../../connection.ts'
import { approvalCoRequesters, approvals, approvalVotes } from '../../schema/approvals.ts'
import { principals } from '../../schema/identity.ts'
import { judgedColumns, toApproval } from './judged-approval.ts'
import { hasTimeLeft, isPending, toChanges } from './ticket-changes.ts'

type Asker = Pick<ApprovalRepository, 'ask'>
type Voter = Pick<ApprovalRepository, 'vote' | 'countApprovals' | 'listRequesters'>
type Sweeper = Pick<ApprovalRepository, 'expire' | 'retireOverdue' | 'countPending'>
type Mover = Omit<ApprovalRepository, keyof Asker | keyof Voter | keyof Sweeper>

export function createApprovalRepository(db: Connection): ApprovalRepository {
  return { ...createAsker(db), ...createMover(db), ...createVoter(db), ...createSweeper(db) }
}

function createAsker(db: Connection): Asker {
  return {
    async ask(question) {
      const [row] = await db.execute<{ answer: WireAnswer }>(callGate(question))
      if (!row) throw new Error('The gate gave no answer.')
      const { answer } = row
      if (answer.outcome !== 'pending') return answer
      return { ...answer, expiresAt: new Date(answer.expiresAt) }
    },
  }
}

/** An answer as JSON carries it. */
type WireAnswer =
  | Exclude<GateAnswer, { outcome: 'pending' }>
  | (Omit<Extract<GateAnswer, { outcome: 'pending' }>, 'expiresAt'> & { expiresAt: string })

function callGate(question: Question) {
  return sql`select ask_approval(
    ws => ${question.workspaceId}::uuid, act => ${question.action}::text,
    hash => ${question.requestHash}::text, ctx => ${question.context}::text::json,
    why => ${question.reason}::text, who => ${question.principalId}::uuid,
    sess => ${question.sessionId}::uuid, authority => ${question.authority}::text,
    asked_stage => ${question.stage}::text, votes => ${question.votesNeeded}::integer,
    owner_barred => ${question.barsOwner}::boolean,
    takes_grants => ${question.takesGrants}::boolean, ttl_s => ${question.ttlS}::integer,
    ticket_use_ttl_s => ${question.useTtlS}::integer,
    cooldown_s => ${question.cooldownS}::integer
  ) as answer`
}

function createMover(db: Connection): Mover {
  return {
    async find(id) {
      const [row] = await db.select(judgedColumns).from(approvals).where(eq(approvals.id, id))
      return row && toApproval(row)
    },

    async lock(id) {
      const [row] = await db
        .select(judgedColumns)
        .from(approvals)
        .where(eq(approvals.id, id))
        .for('update')
      return row && toApproval(row)
    },

    async settle(read, settlement) {
      const [row] = await db
        .update(approvals)
        .set(toChanges(settlement))
        .where(and(eq(approvals.id, read.id), isMovable(settlement)))
        .returning(judgedColumns)
      return row && toApproval(row)
    },

    async cancelAll({ sessionId, turnId }, by, reason) {
      const rows = await db
        .update(approvals)
        .set(toChanges({ status: 'cancelled', by, reason }))
        .where(
          and(
            eq(approvals.sessionId, sessionId),
            turnId ? eq(approvals.turnId, turnId) : undefined,
            isPending,
            hasTimeLeft,
          ),
        )
        .returning({ id: approvals.id })
      return rows.length
    },
  }
}

/** The clock is asked by the statement that writes: nothing that waited for a lock is late. */
function isMovable({ status }: Settlement) {
  if (status !== 'revoked') return and(isPending, hasTimeLeft)
  return and(
    eq(approvals.status, 'approved'),
    isNull(approvals.consumedAt),
    isAhead(approvals.useExpiresAt),
  )
}

function createVoter(db: Connection): Voter {
  return {
    async vote(id, vote) {
      const rows = await db
        .insert(approvalVotes)
        .values({ approvalId: id, ...vote })
        .onConflictDoNothing()
        .returning({ approvalId: approvalVotes.approvalId })
      return rows.length > 0
    },

    async countApprovals(id) {
      const rows = await db
        .select({ id: approvalVotes.principalId })
        .from(approvalVotes)
        .innerJoin(principals, eq(principals.id, approvalVotes.principalId))
        .where(
          and(
            eq(approvalVotes.approvalId, id),
            eq(approvalVotes.verdict, 'approve'),
            eq(principals.kind, 'user'),
            isNull(principals.disabledAt),
          ),
        )
      return rows.length
    },

    async listRequesters(id) {
      const first = db
        .select({ id: approvals.requesterId })
        .from(approvals)
        .where(eq(approvals.id, id))
      const others = db
        .select({ id: approvalCoRequesters.principalId })
        .from(approvalCoRequesters)
        .where(eq(approvalCoRequesters.approvalId, id))
      return db
        .select({ id: principals.id, ownerId: principals.ownerId })
        .from(principals)
        .where(or(inArray(principals.id, first), inArray(principals.id, others)))
    },
  }
}

function createSweeper(db: Connection): Sweeper {
  return {
    async expire(id) {
      await db
        .update(approvals)
        .set(toChanges({ status: 'expired', by: timeout, reason: null }))
        .where(and(eq(approvals.id, id), isPending, not(hasTimeLeft)))
    },

    async retireOverdue(limit) {
      const [row] = await db.execute<{ count: number }>(
        sql`select retire_overdue(${limit}::integer) as count`,
      )
      return row?.count ?? 0
    },

    async countPending() {
      return db.$count(approvals, and(isPending, hasTimeLeft))
    },
  }
}
