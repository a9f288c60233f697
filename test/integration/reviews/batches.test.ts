import { randomUUID } from 'node:crypto'
import { driveBatches } from '@countersign/core/reviews/batches/drive-batches'
import { approve, block, inTurn, status } from '@countersign/demo/model-replies'
import { compose } from '@countersign/worker/compose'
import { startWorker } from '@countersign/worker/start-worker'
import { expect, onTestFinished, test } from 'vitest'
import { aSkill } from '../../support/bundles.ts'
import {
  type Person,
  type Service,
  type ServiceOptions,
  startService,
} from '../../support/start-service.ts'

const path = '/api/admin/store/submissions/rescan'
const never = new AbortController().signal

/** A service in which some skills, each with a note of its own, were approved. */
async function setUp(notes: readonly string[], options: ServiceOptions = {}) {
  const service = await startService(options)
  const [ada, admin] = [await service.asSomebody(), await service.asAdmin()]
  const ids: string[] = []
  for (const note of notes) {
    const { body } = await ada.submit(aSkill({ name: `skill-${ids.length}`, note }))
    await service.untilSettled(ada, body.submission.id)
    ids.push(body.submission.id)
  }
  const settled = () => Promise.all(ids.map((id) => service.untilSettled(ada, id)))
  return { service, ada, admin, ids, settled, asked: () => service.model.calls.length }
}

/** The same, with nobody at work any more: the test drives the batches. */
async function setUpWithoutWorker(notes: readonly string[], options: ServiceOptions = {}) {
  const made = await setUp(notes, options)
  await made.service.worker?.stop()
  const { config, log } = made.service
  const { ports, close } = await compose(config, log)
  onTestFinished(close)
  return { ...made, ports, work: () => work(made.service) }
}

/** Puts a worker to work until the test ends. */
async function work({ config, log }: Service): Promise<void> {
  const worker = await startWorker(config, log)
  onTestFinished(() => worker.stop())
}

async function rescan(admin: Person, json: object = {}) {
  const { status, body } = await admin.send('POST', path, { json })
  expect(status).toBe(202)
  return body
}

async function batchesOf({ db }: Service) {
  return db.$client`
    select provider_id, submitted_at, ended_at, error, failures from review_batches order by id`
}

test('many rescans are asked about in one batch, at half the price, and decided the ordinary way', async () => {
  const set = await setUpWithoutWorker(['one', 'two', 'three'])
  const { service, admin, ids, work, settled, asked } = set
  const before = await settled()
  expect(await rescan(admin)).toEqual({ queued: ids.map((id) => ({ id })), skipped: [] })
  await work()
  const after = await settled()

  expect(asked()).toBe(3)
  for (const [nth, { status, revision, review, entity_version_no: live }] of after.entries()) {
    const first = before[nth]
    expect([status, live]).toEqual(['approved', 1])
    expect(revision).toBeGreaterThan(first.revision)
    expect(review.reused_from).toBeNull()
    expect(review.coverage).toEqual(first.review.coverage)
    expect(review.usage.input_tokens).toBeGreaterThan(0)
    const ratio = review.usage.cost_usd / first.review.usage.cost_usd
    expect(ratio).toBeGreaterThan(0.4)
    expect(ratio).toBeLessThan(0.6)
  }
  expect(await batchesOf(service)).toMatchObject([
    { provider_id: 'msgbatch_1', ended_at: expect.any(String), error: null },
  ])
})

test('bad news that a batch brings takes what is live out of service', async () => {
  const { service, ada, admin, settled } = await setUp(['sound', 'evil'])
  service.model.follow(({ user }) => (user.includes('evil') ? block() : approve()))
  await rescan(admin)
  const [sound, evil] = await settled()
  expect([sound.status, evil.status]).toEqual(['approved', 'blocked_llm'])
  const { body } = await ada.send('GET', `/api/store/entities/${evil.entity_id}`)
  expect(body.visibility_status).toBe('hidden')
})

test('what a batch could not answer is asked one by one, and only that', async () => {
  const { service, admin, settled, asked } = await setUp(['sound', 'odd'])
  const oddly = inTurn(status(500), approve())
  service.model.follow(({ user }) => (user.includes('odd') ? oddly : approve()))
  await rescan(admin)
  const after = await settled()
  expect(after.map(({ status }) => status)).toEqual(['approved', 'approved'])
  expect(asked()).toBe(3)
})

test('a batch is collected by another process than the one that handed it in', async () => {
  const { service, admin, ports, work, settled, asked } = await setUpWithoutWorker(['one', 'two'])
  await rescan(admin)
  expect(await driveBatches(ports, never)).toBe(1)
  expect(await driveBatches(ports, never)).toBe(0)
  expect(await batchesOf(service)).toMatchObject([{ provider_id: 'msgbatch_1', ended_at: null }])
  await work()
  expect((await settled()).map(({ status }) => status)).toEqual(['approved', 'approved'])
  expect(asked()).toBe(2)
})

test('a process that dies right after handing a batch in costs money, and no verdict', async () => {
  const { service, admin, ids, ports, work, settled } = await setUpWithoutWorker(['one'])
  await rescan(admin)
  const { promise: taken, resolve } = Promise.withResolvers<void>()
  const dying = {
    ...ports.batchReviewer,
    async submit(...request: Parameters<typeof ports.batchReviewer.submit>) {
      await ports.batchReviewer.submit(...request)
      resolve()
      return new Promise<string>(() => {})
    },
  }
  void driveBatches({ ...ports, batchReviewer: dying }, never)
  await taken
  expect(await batchesOf(service)).toMatchObject([{ provider_id: null }])
  await service.db.$client`update review_batches set due_at = now()`
  await work()
  expect((await settled())[0].status).toBe('approved')
  expect(await batchesOf(service)).toMatchObject([{ provider_id: 'msgbatch_2' }])
  const resource = `resource=submission:${ids[0]}&action=store.submission.approved`
  const { body } = await admin.send('GET', `/api/admin/audit?${resource}`)
  expect(body.items).toHaveLength(2)
})

test('results that are read twice are kept once', async () => {
  const { service, admin, ports, settled, work } = await setUpWithoutWorker(['one'])
  await rescan(admin)
  await driveBatches(ports, never)
  const look = () => service.db.$client`update review_batches set due_at = now()`
  await look()
  const dying = { ...ports, transact: () => new Promise<never>(() => {}) }
  void driveBatches(dying, never)
  const calls = () => service.db.$client`select 1 from review_calls where attempt = 2`
  await expect.poll(calls).toHaveLength(1)
  await look()
  await work()
  const [after] = await settled()
  expect(await calls()).toHaveLength(1)
  expect(after.status).toBe('approved')
})

test.each([
  ['does not end within a day', `submitted_at = now() - interval '26 hours'`],
  ['the provider does not know', `provider_id = 'msgbatch_404'`],
  ['asked another model', `model = 'claude-of-old'`],
])('the reviews of a batch that %s are asked one by one', async (_what, change) => {
  const { service, admin, ports, work, settled, asked } = await setUpWithoutWorker(['one'], {
    batchPolls: 1_000,
  })
  await rescan(admin)
  await driveBatches(ports, never)
  await service.db.$client.unsafe(`update review_batches set due_at = now(), ${change}`)
  await work()
  expect((await settled())[0].status).toBe('approved')
  expect(asked()).toBe(2)
  expect(await batchesOf(service)).toMatchObject([
    { ended_at: expect.any(String), error: expect.any(String) },
  ])
})

test('a retry overtakes the batch, whose answer then changes nothing', async () => {
  const { service, admin, ids, ports, settled, work, asked } = await setUpWithoutWorker(['one'])
  await rescan(admin)
  await driveBatches(ports, never)
  await admin.send('POST', `/api/admin/store/submissions/${ids[0]}/retry`)
  service.model.follow(block())
  await service.db.$client`update review_batches set due_at = now()`
  await driveBatches(ports, never)
  service.model.follow(approve())
  await work()
  expect((await settled())[0].status).toBe('approved')
  expect(asked()).toBe(2)
})

test('a pause keeps batches waiting, and what waits for one still goes into it afterwards', async () => {
  const { service, admin, ports, work, settled, asked } = await setUpWithoutWorker(['one'])
  await admin.send('POST', '/api/admin/ops/pause')
  await rescan(admin)
  expect(await driveBatches(ports, never)).toBe(0)
  await admin.send('POST', '/api/admin/ops/resume')
  await work()
  expect((await settled())[0].status).toBe('approved')
  expect(asked()).toBe(1)
  expect(await batchesOf(service)).toHaveLength(1)
})

test('two processes that hand batches in at once share no review', async () => {
  const { service, admin, ports } = await setUpWithoutWorker(['one', 'two', 'three'])
  await rescan(admin)
  await Promise.all([driveBatches(ports, never), driveBatches(ports, never)])
  const rows = await service.db.$client`
    select count(distinct submission_id)::int as reviews, count(*)::int as items
    from review_batch_items where batch_id is not null`
  expect(rows).toMatchObject([{ reviews: 3, items: 3 }])
})

test('over the budget of the day no batch is handed in', async () => {
  const { service, admin, ports } = await setUpWithoutWorker(['one'])
  await rescan(admin)
  const policy = { ...ports.policy, budgetUsdPerDay: 0.000_1 }
  await service.db.$client`delete from review_calls`
  expect(await driveBatches({ ...ports, policy }, never)).toBe(1)
  expect(await batchesOf(service)).toMatchObject([{ provider_id: null, ended_at: null }])
})

test('the bulk rescan tells of each what became of it, and finds nothing twice', async () => {
  const { admin, ids, settled } = await setUp(['one', 'two'])
  const unknown = randomUUID()
  const between = new Date().toISOString()
  const outcome = await rescan(admin, { ids: [ids[0], unknown], status: ['approved'] })
  expect(outcome).toEqual({
    queued: [{ id: ids[0] }],
    skipped: [{ id: unknown, reason: 'not_found' }],
  })
  await settled()
  expect(await rescan(admin, { decided_before: between })).toEqual({
    queued: [{ id: ids[1] }],
    skipped: [],
  })
  await settled()
  expect(await rescan(admin, { decided_before: between })).toEqual({ queued: [], skipped: [] })
  const refused = await admin.send('POST', path, { json: { limit: 501 } })
  expect(refused.status).toBe(422)
})
