import type { AuditEntry, SealedAuditEntry } from '@countersign/core/audit/audit-entry'
import { newId } from '@countersign/core/ids'
import type { AuditRepository } from '@countersign/core/repositories'
import { asc, desc, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import { now } from '../clock.ts'
import type { Connection } from '../connection.ts'
import { auditEntries } from '../schema/record.ts'
import { defineStatement, given } from '../statement.ts'

const append = defineStatement((words) =>
  words
    .insert(auditEntries)
    .values({ at: now, ...given('id', 'actorId', 'actorKind', 'action', 'resource', 'params') }),
)

export function createAuditRepository(db: Connection): AuditRepository {
  return {
    async append({ actor, action, resource, params }) {
      const party = { actorId: actor.id, actorKind: actor.kind }
      await append(db, { id: newId(), ...party, action, resource, params })
    },

    async lockChain() {
      const key = sql`hashtext('countersign.audit')`
      const [row] = await db.execute<{ locked: boolean }>(
        sql`select pg_try_advisory_xact_lock(${key}) as locked`,
      )
      return row?.locked === true
    },

    async countUnsealed() {
      return db.$count(auditEntries, isNull(auditEntries.seq))
    },

    async listUnsealed(limit) {
      const rows = await db
        .select()
        .from(auditEntries)
        .where(isNull(auditEntries.seq))
        .orderBy(asc(auditEntries.id))
        .limit(limit)
      return rows.map(toEntry)
    },

    async findLastSeal() {
      const [row] = await db
        .select({ seq: auditEntries.seq, hash: auditEntries.hash })
        .from(auditEntries)
        .where(isNotNull(auditEntries.seq))
        .orderBy(desc(auditEntries.seq))
        .limit(1)
      return row as { seq: number; hash: string } | undefined
    },

    async seal(entries) {
      if (entries.length === 0) return
      const seals = entries.map(({ id, seq, prevHash, hash }) => ({ id, seq, prevHash, hash }))
      await db.execute(sql`
        update audit_entries
        set seq = seal.seq, prev_hash = seal."prevHash", hash = seal.hash
        from jsonb_to_recordset(${JSON.stringify(seals)}::text::jsonb)
          as seal (id uuid, seq bigint, "prevHash" text, hash text)
        where audit_entries.id = seal.id`)
    },

    async listSealed(afterSeq, limit) {
      const rows = await db
        .select()
        .from(auditEntries)
        .where(gt(auditEntries.seq, afterSeq))
        .orderBy(asc(auditEntries.seq))
        .limit(limit)
      return rows.map(toSealed)
    },
  }
}

type Row = typeof auditEntries.$inferSelect

function toEntry({ id, at, actorId, actorKind, action, resource, params }: Row): AuditEntry {
  return { id, at, actor: { id: actorId, kind: actorKind }, action, resource, params }
}

function toSealed(row: Row): SealedAuditEntry {
  const { seq, prevHash, hash } = row
  if (seq === null || prevHash === null || hash === null) {
    throw new Error('An entry without a seal was read as a sealed one.')
  }
  return { ...toEntry(row), seq, prevHash, hash }
}
