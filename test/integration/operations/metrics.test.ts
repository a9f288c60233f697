import { vitalGauges } from '@countersign/core/operations/vitals'
import { createVitalsReads } from '@countersign/db/queries/vitals-reads'
import { expect, test } from 'vitest'
import { aSkill } from '../../support/bundles.ts'
import { startService } from '../../support/start-service.ts'

/** The samples of an exposition, by name and labels. */
function readSamples(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ')
      return [line.slice(0, at), Number(line.slice(at + 1))]
    }),
  )
}

test('both processes show what the database knows, and each what it counted itself', async () => {
  const service = await startService({ env: { METRICS_PORT: '0' } })
  const person = await service.asSomebody()
  const { body } = await person.submit()
  await service.untilSettled(person, body.submission.id)

  const scrape = async (url: string) => readSamples(await (await fetch(url)).text())
  const workerUrl = `http://127.0.0.1:${service.worker?.metricsPort}`
  const [api, worker] = await Promise.all([
    scrape(`${service.url}/metrics`),
    scrape(`${workerUrl}/metrics`),
  ])

  for (const samples of [api, worker]) {
    expect(samples.get('countersign_database_up')).toBe(1)
    expect(samples.get('countersign_oldest_due_seconds')).toBe(0)
    expect(samples.get('countersign_promotion_lag_seconds')).toBe(0)
    expect(samples.get('countersign_workers')).toBe(1)
    expect(samples.get('countersign_worker_slots{state="free"}')).toBe(8)
  }
  const route = 'method="POST",route="/api/store/entities",status="201"'
  expect(api.get(`countersign_http_request_seconds_count{${route}}`)).toBe(1)
  expect(worker.get('countersign_verdicts_total{status="approved"}')).toBe(1)
  expect(worker.get('countersign_verdict_seconds_count')).toBe(1)
  expect(worker.get('countersign_review_calls_total{outcome="answered"}')).toBe(1)
  expect(worker.get('countersign_review_tokens_total{direction="input"}')).toBeGreaterThan(0)
  expect(worker.get('countersign_review_cost_usd_total')).toBeGreaterThan(0)

  const health = await fetch(`${workerUrl}/health`)
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }])
  expect((await fetch(`${workerUrl}/elsewhere`)).status).toBe(404)
})

test('what is held, and for how long nobody came, can be read off the metrics', async () => {
  const service = await startService({ withWorker: false, env: { ANTHROPIC_API_KEY: '' } })
  const person = await service.asSomebody()
  await person.submit()
  await service.db.$client`update submissions set due_at = now() - interval '90 seconds'`
  await service.db.$client`update events set at = now() - interval '7 seconds'`

  const samples = readSamples(await (await fetch(`${service.url}/metrics`)).text())
  expect(samples.get('countersign_oldest_due_seconds')).toBeGreaterThanOrEqual(90)
  expect(samples.get('countersign_oldest_untold_seconds')).toBeGreaterThanOrEqual(7)
  expect(samples.get('countersign_held_reviews{reason="provider_not_ready"}')).toBe(1)
  expect(samples.get('countersign_open_reviews{status="pending_llm"}')).toBe(1)
  expect(samples.get('countersign_workers')).toBe(0)
  expect([...samples.keys()].filter((name) => name.startsWith('countersign_served'))).toEqual([])
})

test('what was archived waits for nobody, and is counted nowhere', async () => {
  const service = await startService({ env: { HUMAN_REVIEW_FOR: 'all' } })
  const [ada, admin] = [await service.asSomebody(), await service.asAdmin()]
  const { body } = await ada.submit()
  const { entity_id: id, status } = await service.untilSettled(ada, body.submission.id)
  expect(status).toBe('needs_human')
  await service.worker?.stop()
  await admin.send('POST', '/api/admin/ops/pause')
  const other = await ada.submit(aSkill({ name: 'another' }))
  expect(other.body.submission.hold_reason).toBe('paused')

  const read = async () => {
    const { openReviews, held, oldestHumanS } = await createVitalsReads(service.db).readVitals()
    const ops = (await admin.send('GET', '/api/admin/ops')).body
    const isLate = [oldestHumanS > 0, ops.oldest_held_ms !== null]
    return { openReviews, held, isLate, heldByOps: ops.held }
  }
  expect(await read()).toEqual({
    openReviews: { needs_human: 1, pending_llm: 1 },
    held: { policy: 1, paused: 1 },
    isLate: [true, true],
    heldByOps: 1,
  })
  for (const entity of [id, other.body.id])
    await ada.send('DELETE', `/api/store/entities/${entity}`)
  expect(await read()).toEqual({ openReviews: {}, held: {}, isLate: [false, false], heldByOps: 0 })
})

test('an approval that nothing serves shows as promotion lag', async () => {
  const service = await startService()
  const person = await service.asSomebody()
  const { body } = await person.submit()
  await service.untilSettled(person, body.submission.id)
  await service.db.$client`update entities set live_n = null, visibility_status = 'pending'`
  await service.db.$client`update submissions set decided_at = now() - interval '40 seconds'`

  const samples = readSamples(await (await fetch(`${service.url}/metrics`)).text())
  expect(samples.get('countersign_promotion_lag_seconds')).toBeGreaterThanOrEqual(40)
})

test('while the database is away the metrics say so, and tell no stale number', async () => {
  const service = await startService({ withWorker: false })
  await service.db.$client`alter table settings rename to settings_gone`
  const samples = readSamples(await (await fetch(`${service.url}/metrics`)).text())
  await service.db.$client`alter table settings_gone rename to settings`
  expect(samples.get('countersign_database_up')).toBe(0)
  const names = new Set(vitalGauges.map(({ name }) => name))
  expect([...samples.keys()].filter((key) => names.has(key.split('{')[0] ?? key))).toEqual([])
})
