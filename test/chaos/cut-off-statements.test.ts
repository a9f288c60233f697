import { gateDestructive } from '@countersign/core/approvals/gate/gate-destructive'
import { newId } from '@countersign/core/ids'
import { connect } from '@countersign/db/client'
import { expect, onTestFinished, test } from 'vitest'
import { type OpenGate, openGate } from '../support/gate/open-gate.ts'

const contexts = 12
const rounds = 12

/** Cuts off whatever runs in the database, again and again, until stopped. */
function startCutter({ url }: OpenGate): { stop(): Promise<number> } {
  const { $client: sql } = connect(url, { max: 1 })
  onTestFinished(() => sql.end({ timeout: 5 }))
  let isStopped = false
  const cut = async () => {
    let count = 0
    while (!isStopped) {
      const rows = await sql`
        select pg_cancel_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state = 'active'
        order by random() limit 2`
      count += rows.length
    }
    return count
  }
  const running = cut()
  return {
    stop() {
      isStopped = true
      return running
    },
  }
}

/** Waits for what outlives its line in the database for a moment, and may still change something there. */
async function untilQuiet({ sql }: OpenGate): Promise<void> {
  const running = () => sql`
    select query from pg_stat_activity where datname = current_database()
    and backend_type = 'client backend' and pid <> pg_backend_pid() and state <> 'idle'`
  await expect.poll(running).toEqual([])
}

test('statements that are cut off at any step never let an action through unasked, or twice', async () => {
  const gate = await openGate()
  const { ask, decide, people, sql } = gate
  const [admin] = people
  if (!admin) throw new Error('There is somebody to decide.')
  const cutter = startCutter(gate)
  const allowed: string[] = []
  const agentOf = async (n: number) => {
    for (let round = 0; round < rounds; round += 1) {
      const outcome = await ask({ n }).catch(() => undefined)
      if (outcome?.kind === 'allow') allowed.push(outcome.executionId)
      if (outcome?.kind !== 'pending') continue
      await decide(admin, outcome.ticket.approvalId, 'approve').catch(() => undefined)
    }
  }
  await Promise.all(Array.from({ length: contexts * 2 }, (_, n) => agentOf(n % contexts)))
  expect(await cutter.stop()).toBeGreaterThan(0)
  await untilQuiet(gate)

  const executions = await sql`
    select executions.id, approval_id, approvals.status, consumed_at is not null as is_used
    from executions left join approvals on approvals.id = executions.approval_id`
  const known = new Set(executions.map(({ id }) => id))
  expect(allowed.length).toBeGreaterThan(0)
  expect(allowed.filter((id) => !known.has(id))).toEqual([])
  expect(new Set(allowed).size).toBe(allowed.length)
  expect(executions.filter(({ status, is_used }) => status !== 'approved' || !is_used)).toEqual([])
  expect(new Set(executions.map(({ approval_id }) => approval_id)).size).toBe(executions.length)
  const used = await sql`select 1 from approvals where consumed_at is not null`
  expect(used).toHaveLength(executions.length)
  const unvoted = await sql`
    select 1 from approvals where status = 'approved'
    and not exists (select 1 from approval_votes where approval_id = approvals.id)`
  expect(unvoted).toHaveLength(0)
})

test('an effect of ours that is cut off happens with its approval, or not at all', async () => {
  const gate = await openGate()
  const { ports, decide, people, sql } = gate
  const [asker, admin] = people
  if (!asker || !admin) throw new Error('There are people.')
  const attempt = (n: number) =>
    gateDestructive(
      ports,
      { caller: asker, action: 'store.entity.hard_delete', context: { n }, reason: 'Test' },
      ({ settings }) => settings.write(`effect-${newId()}`, true, asker.id),
    )
  const cutter = startCutter(gate)
  const runOne = async (n: number) => {
    for (let round = 0; round < rounds; round += 1) {
      const outcome = await attempt(n).catch(() => undefined)
      if (outcome?.kind === 'done') return
      if (outcome?.kind !== 'pending') continue
      await decide(admin, outcome.ticket.approvalId, 'approve').catch(() => undefined)
    }
  }
  await Promise.all(Array.from({ length: contexts }, (_, n) => runOne(n)))
  await cutter.stop()
  await untilQuiet(gate)
  const effects = await sql`select 1 from settings where key like 'effect-%'`
  const used = await sql`select 1 from approvals where consumed_at is not null`
  const executions = await sql`select status from executions`
  expect(effects.length).toBeGreaterThan(0)
  expect(used).toHaveLength(effects.length)
  expect(executions.map(({ status }) => status)).toEqual(effects.map(() => 'succeeded'))
})
