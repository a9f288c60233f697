import type { Database } from '@countersign/db/client'
import { expect, test } from 'vitest'
import type { FaultyProcess } from '../support/chaos/faulty-process.ts'
import { freezeAt } from '../support/chaos/freeze-at.ts'
import { isTelling, killAt, scout } from '../support/chaos/kill-at-steps.ts'
import { listBreaches } from '../support/chaos/list-breaches.ts'
import { type Fleet, startFleet } from '../support/chaos/start-fleet.ts'
import { startStormyFleet } from '../support/chaos/start-stormy-fleet.ts'
import {
  type Log,
  type Matter,
  openMatter,
  type Parties,
  partiesAt,
  walkGate,
} from '../support/chaos/walk-gate.ts'
import { claimRedis } from '../support/start-service.ts'
import { until } from '../support/until.ts'

test('an API that is killed at any step of the gate lets nothing run unasked, and nothing twice', async () => {
  const fleet = await startFleet({ env: { REDIS_URL: await claimRedis() } })
  const stage = await openStage(fleet, await fleet.start(['api']))
  const { matters, open, goOn, log } = stage
  const through = async (api: FaultyProcess) => {
    await walkGate(partiesAt(fleet, api, stage.parties), await open(), log)
  }
  const steps = await scout(fleet, ['api'], through)
  expect(steps).toEqual(expect.arrayContaining(ofGate))
  for (const step of steps) await killAt(fleet, ['api'], step, through)
  for (const matter of matters) await goOn(matter)

  await expectExact(fleet.db, log)
})

test('a database that is stopped, or a Redis that forgets all, at any step of the gate changes none of it', async () => {
  const storm = await startStormyFleet()
  const [victim, witness] = await Promise.all([storm.start('api'), storm.start('api')])
  const { matters, open, goOn, log, parties } = await openStage(storm, witness)
  const walk = (matter: Matter) => walkGate(partiesAt(storm, victim, parties), matter, log)
  const ofBoot = new Set(victim.steps)
  expect(await walk(await open())).toBe(true)
  const steps = [...victim.steps].filter((step) => isTelling(step) && !ofBoot.has(step))
  expect(steps).toEqual(expect.arrayContaining(ofGate))

  for (const step of steps) {
    for (const meanwhile of [storm.flushRedis, storm.restartPostgres]) {
      const before = matters.length
      await freezeAt(victim, step, { work: async () => walk(await open()), meanwhile })
      for (const matter of matters.slice(before)) await goOn(matter)
    }
  }
  await expectExact(storm.openDatabase(), log)
})

/** What a matter takes at least; which steps there are is found, so that a new one is cut short too. */
const ofGate = [
  'after approvals.ask',
  'before commit approvals.settle',
  'after commit approvals.settle',
  'before commit approval.execution_succeeded',
  'before commit executions.finish',
  'after commit executions.finish',
  'before commit confirmations.open',
]

/** A witness that nobody harms, and people who ask and answer there what was cut short elsewhere. */
async function openStage(fleet: Pick<Fleet, 'callersOf'>, witness: FaultyProcess) {
  const callers = fleet.callersOf(witness)
  const parties: Parties = {
    admin: await callers.asAdmin(),
    other: await callers.asSomebody('admin'),
    agent: await callers.asAgentOf(await callers.asSomebody()),
  }
  const log: Log = { executions: new Set(), unapproved: [] }
  const matters: Matter[] = []
  return {
    parties,
    log,
    matters,
    async open() {
      const matter = await openMatter(parties, `matter ${matters.length}`)
      matters.push(matter)
      return matter
    },
    /** Walks again until all comes to its end. */
    goOn: (matter: Matter) =>
      until(async () => expect(await walkGate(parties, matter, log)).toBe(true)),
  }
}

/** What was let through is what is on record, each by an approval of its own, given by who may. */
async function expectExact(db: Database, log: Log) {
  const rows = await db.$client`select id from executions`
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([...log.executions]))
  expect(log.executions.size).toBeGreaterThan(0)
  expect(log.unapproved).toEqual([])
  expect(await listBreaches(db)).toEqual([])
}
