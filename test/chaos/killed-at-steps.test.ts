import { expect, test } from 'vitest'
import type { FaultyProcess } from '../support/chaos/faulty-process.ts'
import {
  as,
  forEachAtOnce,
  killAt,
  openShop,
  scout,
  submitBoth,
  untilTold,
} from '../support/chaos/kill-at-steps.ts'
import { listBreaches } from '../support/chaos/list-breaches.ts'
import { startFleet } from '../support/chaos/start-fleet.ts'
import { claimRedis } from '../support/start-service.ts'

test('killed at any step, APIs and workers leave each submission its one verdict, and each event told', async () => {
  const fleet = await startFleet({ env: { REDIS_URL: await claimRedis() } })
  const { receiver, ada, settle } = await openShop(fleet)
  const through = (api: FaultyProcess) => submitBoth(as(fleet, api, ada))
  const ofApi = await scout(fleet, ['api'], through)
  const ofWorker = await scout(fleet, ['worker'], () => submitBoth(ada))
  expect(ofApi).toEqual(expect.arrayContaining(ofSubmission))
  expect(ofWorker).toEqual(expect.arrayContaining(ofReview))

  await Promise.all([
    forEachAtOnce(ofApi, 1, (step) => killAt(fleet, ['api'], step, through)),
    forEachAtOnce(ofWorker, 2, (step) => killAt(fleet, ['worker'], step, () => submitBoth(ada))),
  ])
  await fleet.start(['worker'])
  await settle()

  // Deliveries have leases of a minute. Here it passes at once.
  await fleet.db.$client`update webhook_deliveries set due_at = now() where status = 'pending'`
  const events = await untilTold(fleet)
  expect(new Set(receiver.heard.map(({ headers }) => headers['webhook-id']))).toEqual(events)
  expect(await listBreaches(fleet.db)).toEqual([])
})

test('both in one process, without Redis, leave no more than that when they are killed', async () => {
  const fleet = await startFleet({ env: { PROBE_INTERVAL_S: '1' } })
  const { ada, settle } = await openShop(fleet)
  const through = (both: FaultyProcess) => submitBoth(as(fleet, both, ada))
  for (const step of [
    'after entities.create',
    'after submissions.claim',
    'before submissions.conclude',
    'after submissions.conclude',
    'after tokens.insert',
  ]) {
    await killAt(fleet, ['api', 'worker'], step, through)
  }
  await fleet.start(['worker'])
  await settle()
  expect(await listBreaches(fleet.db)).toEqual([])
})

const ofSubmission = ['after bundle.bake', 'after entities.create', 'after queue.announce']
const ofReview = [
  'after submissions.claim',
  'after reviewer.ask',
  'after verdicts.recordCall',
  'after submissions.conclude',
  'after events.sequence',
  'after deliveries.claim',
  'after webhook.send',
  'after commit deliveries.settle',
]
