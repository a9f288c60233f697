import type { Reads, RuleRecord } from '@countersign/core/reads'
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { now } from '../clock.ts'
import type { Connection } from '../connection.ts'
import { suppressions } from '../schema/operations.ts'
import { behind, byId, toPage } from './paging.ts'

export function createSuppressionReads(
  db: Connection,
): Pick<Reads, 'listSuppressions' | 'readRuleRecords'> {
  return {
    async listSuppressions({ entityId, isActive }, page) {
      const active = and(isNull(suppressions.revokedAt), gt(suppressions.expiresAt, now))
      const rows = await db
        .select()
        .from(suppressions)
        .where(
          and(
            behind(suppressions.id, page),
            entityId ? eq(suppressions.entityId, entityId) : undefined,
            isActive ? active : undefined,
          ),
        )
        .orderBy(desc(suppressions.id))
        .limit(page.limit + 1)
      return toPage(rows, page, byId)
    },

    readRuleRecords: () => readRuleRecords(db),
  }
}

/** How often each rule stopped a bundle, and how often a person let that bundle through all the same. */
async function readRuleRecords(db: Connection): Promise<RuleRecord[]> {
  const rows = await db.execute<{
    rule_id: string
    blocked: number
    overruled: number
    suppressed: number
  }>(sql`
    with stopped as (
      select f.rule_id, count(distinct s.id)::int as blocked,
        count(distinct s.id) filter (where s.override is not null)::int as overruled
      from findings f
      join submissions s on s.id = f.submission_id and s.checks_attempt = f.attempt
      where f.tier = 'block' and f.stage = 'static_security' and f.suppressed_by is null
      group by f.rule_id
    ), quieted as (
      select rule_id, count(*)::int as suppressed from suppressions
      where revoked_at is null and expires_at > ${now} group by rule_id
    )
    select coalesce(stopped.rule_id, quieted.rule_id) as rule_id, coalesce(blocked, 0) as blocked,
      coalesce(overruled, 0) as overruled, coalesce(suppressed, 0) as suppressed
    from stopped full join quieted on quieted.rule_id = stopped.rule_id
    order by 1`)
  return rows.map(({ rule_id: ruleId, ...counts }) => ({ ruleId, ...counts }))
}
