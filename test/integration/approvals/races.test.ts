import { hashRequest } from '@countersign/core/approvals/actions/hash-request'
import { gateDestructive } from '@countersign/core/approvals/gate/gate-destructive'
import { retireOverdue } from '@countersign/core/approvals/tickets/retire-overdue'
import { rootWorkspaceId } from '@countersign/core/approvals/workspaces/workspace'
import { expect, test } from 'vitest'
import { many, openGate, pendingId } from '../../support/gate/open-gate.ts'
import { untilBlocked } from '../../support/until-blocked.ts'

test('S4-07 S4-19 four hundred questions at once are one pending ticket and one event', async () => {
  const { ask, sql } = await openGate()
  const outcomes = await many(400, () => ask({ table: 'a' }))
  const ids = outcomes.map((outcome) => outcome.kind === 'pending' && outcome.ticket.approvalId)
  expect(new Set(ids).size).toBe(1)
  expect(await sql`select 1 from approvals`).toHaveLength(1)
  expect(await sql`select 1 from events where type = 'approval.requested'`).toHaveLength(1)
})

test('S4-09 S4-19 one approval lets one of four hundred through; the rest share the next ticket', async () => {
  const setting = await openGate()
  const { ask, decide, people, sql } = setting
  const first = await pendingId(setting)
  const [admin] = people
  if (!admin) throw new Error('There is somebody to decide.')
  await decide(admin, first, 'approve')
  const outcomes = await many(400, () => ask())
  expect(outcomes.filter(({ kind }) => kind === 'allow')).toHaveLength(1)
  expect(await sql`select 1 from executions`).toHaveLength(1)
  expect(await sql`select 1 from approvals where status = 'pending'`).toHaveLength(1)
  expect(await sql`select 1 from approvals`).toHaveLength(2)
})

test('S4-09 approve against deny has one outcome, and one event tells of it', async () => {
  const setting = await openGate()
  const { decide, people, sql } = setting
  const rounds = Array.from({ length: 30 }, (_, n) => n)
  const ids = await Promise.all(rounds.map((n) => pendingId(setting, { n })))
  const won = await Promise.all(
    ids.map(async (id) => {
      const votes = people.map((who, n) => decide(who, id, n % 2 ? 'approve' : 'deny'))
      const outcomes = await Promise.allSettled(votes)
      return outcomes.filter(({ status }) => status === 'fulfilled').length
    }),
  )
  expect(won).toEqual(rounds.map(() => 1))
  const told = await sql`
    select data ->> 'approval_id' as id, count(*)::int as count from events
    where type = 'approval.decided' group by 1`
  expect(told.map(({ count }) => count)).toEqual(rounds.map(() => 1))
})

test('a quorum of three is three votes of three people, however many vote at once', async () => {
  const setting = await openGate(20)
  const { decide, people, sql } = setting
  const id = await pendingId(setting)
  await sql`update approvals set votes_needed = 3`
  const outcomes = await Promise.allSettled(people.map((who) => decide(who, id, 'approve')))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  expect(await sql`select 1 from approval_votes`).toHaveLength(3)
  expect(await sql`select 1 from events where type = 'approval.decided'`).toHaveLength(1)
})

test('an approval whose effect fails can be used again', async () => {
  const { ports, people, decide, sql } = await openGate()
  const [asker, admin] = people
  if (!asker || !admin) throw new Error('There are people.')
  const request = {
    caller: asker,
    action: 'store.entity.hard_delete' as const,
    context: { entity_id: 'x' },
    reason: 'Test',
  }
  const attempt = (effect: () => Promise<string>) => gateDestructive(ports, request, effect)
  const asked = await attempt(async () => 'too early')
  if (asked.kind !== 'pending') throw new Error('It was allowed.')
  await decide(admin, asked.ticket.approvalId, 'approve')

  const failure = attempt(async () => {
    throw new Error('The disk is full.')
  })
  await expect(failure).rejects.toThrow('The disk is full.')
  expect(await sql`select 1 from executions`).toHaveLength(0)

  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, () => attempt(async () => 'done')),
  )
  const done = outcomes.filter(
    (outcome) => outcome.status === 'fulfilled' && outcome.value.kind === 'done',
  )
  expect(done).toHaveLength(1)
  expect(await sql`select status from executions`).toMatchObject([{ status: 'succeeded' }])
})

test('whoever waited for a lock beyond the deadline is too late', async () => {
  const setting = await openGate()
  const { decide, people, sql } = setting
  const id = await pendingId(setting)
  const [admin] = people
  if (!admin) throw new Error('There is somebody to decide.')
  const { vote } = await sql.begin(async (tx) => {
    await tx`select 1 from approvals where id = ${id} for update`
    const vote = decide(admin, id, 'approve').catch(({ code }) => code)
    await untilBlocked({ $client: sql })
    await tx`
      update approvals set created_at = created_at - interval '1 hour',
        expires_at = clock_timestamp() where id = ${id}`
    return { vote }
  })
  expect(await vote).toBe('request_expired')
  expect(await sql`select 1 from approvals where status = 'approved'`).toHaveLength(0)
})

test('four sweepers end each overdue ticket once', async () => {
  const setting = await openGate()
  const { ports, sql } = setting
  await many(30, (n) => pendingId(setting, { n }))
  await sql`
    update approvals set created_at = created_at - interval '1 hour',
      expires_at = expires_at - interval '1 hour'`
  const swept = await many(4, () => retireOverdue(ports))
  expect(swept.reduce((sum, count) => sum + count, 0)).toBe(30)
  expect(await sql`select 1 from events where type = 'approval.expired'`).toHaveLength(30)
})

test('S4-12 S4-18 the database itself refuses a second live ticket, a replay and a change of mind', async () => {
  const setting = await openGate()
  const { sql, decide, people, ask } = setting
  const id = await pendingId(setting)
  const [admin] = people
  if (!admin) throw new Error('There is somebody to decide.')
  const requestHash = hashRequest({
    workspaceId: rootWorkspaceId,
    action: 'delete_data',
    context: '{}',
  })
  const second = sql`
    insert into approvals (id, workspace_id, action, context, request_hash, requester_id, expires_at)
    values (gen_random_uuid(), ${rootWorkspaceId}, 'delete_data', '{}', ${requestHash}, ${admin.id},
      now() + interval '1 hour')`
  await expect(second).rejects.toThrow('approvals_live')
  await decide(admin, id, 'approve')
  await ask()
  const forged = [
    sql`update approvals set consumed_at = null, consumed_by = null where id = ${id}`,
    sql`update approvals set status = 'pending', decided_at = null where id = ${id}`,
    sql`update approvals set request_hash = ${'0'.repeat(64)} where id = ${id}`,
    sql`delete from approvals where id = ${id}`,
    sql`update approvals set consumed_at = clock_timestamp() where id = ${id}`,
  ]
  const outcomes = await Promise.allSettled(forged)
  expect(outcomes.map(({ status }) => status)).toEqual(forged.map(() => 'rejected'))
})
