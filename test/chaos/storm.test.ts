import { expect, test } from 'vitest'
import { brewStorm } from '../support/chaos/brew-storm.ts'
import { checkKept, checkServed, untilCalm } from '../support/chaos/check-storm.ts'
import { listBreaches } from '../support/chaos/list-breaches.ts'
import { honestly } from '../support/chaos/start-fleet.ts'
import { startStormyFleet, untilPersonAtAny } from '../support/chaos/start-stormy-fleet.ts'
import { submitSteadily } from '../support/chaos/submit-steadily.ts'
import { createDice } from '../support/dice.ts'
import { startReceiver } from '../support/receiver.ts'
import { createCallers } from '../support/start-service.ts'

/** `npm run chaos -- --seconds 600 --seed 7` makes it longer, and another one. */
const seconds = Number(process.env.CHAOS_SECONDS ?? 60)
const seed = Number(process.env.CHAOS_SEED ?? 1)

test(
  `in a storm of ${seconds} s from seed ${seed}, nothing is lost, nothing happens twice, nothing passes that must not`,
  async () => {
    const fleet = await startStormyFleet()
    const [first, second, ...workers] = await Promise.all([
      fleet.keep('api'),
      fleet.keep('api'),
      fleet.keep('worker'),
      fleet.keep('worker', { CHAOS_CLOCK_MS: '3600000' }),
    ])
    const apis = [first, second]
    const callers = createCallers({ url: `${first.current?.url}` })
    const receiver = await startReceiver()
    const admin = await callers.asAdmin()
    const hook = { url: `${receiver.url}/hook`, events: ['*'] }
    await admin.send('POST', '/api/admin/webhooks', { json: hook })
    const ada = await callers.asSomebody()
    const people = [ada, await callers.asSomebody()]

    const untilMs = performance.now() + seconds * 1_000
    const submitting = people.map((person, nth) =>
      submitSteadily(person, apis, { dice: createDice(seed + nth + 1), untilMs, name: `s${nth}` }),
    )
    const log = await brewStorm(fleet, { apis, workers }, { dice: createDice(seed), untilMs })
    const acknowledged = (await Promise.all(submitting)).flat()
    fleet.model.follow(honestly)

    const told = `seed ${seed}, ${acknowledged.length} submissions, after:\n${log.join('\n')}`
    const db = fleet.openDatabase()
    expect(acknowledged.length, told).toBeGreaterThan(0)
    await untilCalm(db, told)
    expect(await listBreaches(db), told).toEqual([])
    await checkKept(db, { acknowledged, heard: receiver.heard, told })
    const reader = await untilPersonAtAny(apis, ada)
    await checkServed(db, { dir: fleet.dir, reader, told })
  },
  300_000 + seconds * 2_000,
)
