import { approve } from '@countersign/demo/model-replies'
import { startWorker } from '@countersign/worker/start-worker'
import { expect, onTestFinished, test } from 'vitest'
import { aSkill } from '../../support/bundles.ts'
import { type Person, startService } from '../../support/start-service.ts'

test.each([
  'redis',
  'postgres',
] as const)('on %s, whoever sends many keeps nobody waiting who sends few', async (engine) => {
  const { service, order } = await setUp(engine)
  const [flooder, other] = [await service.asSomebody(), await service.asSomebody()]
  for (let nth = 0; nth < 12; nth += 1) await submit(flooder, `many-${nth}`)
  await submit(other, 'few-0')
  await submit(other, 'few-1')

  await reviewAll(service)
  const places = order().flatMap((name, place) => (name.startsWith('few') ? [place] : []))
  expect(places).toHaveLength(2)
  // One of the flooder's may be first, and one may come between.
  expect(Math.max(...places)).toBeLessThan(4)
})

test('what is retried in bulk waits for what people wait for', async () => {
  const { service, order } = await setUp('redis')
  const admin = await service.asAdmin()
  const [early, late] = [await service.asSomebody(), await service.asSomebody()]
  for (let nth = 0; nth < 3; nth += 1) await submit(early, `bulk-${nth}`)
  const json = { status: ['pending_llm'] }
  await admin.send('POST', '/api/admin/store/submissions/retry', { json })
  for (let nth = 0; nth < 3; nth += 1) await submit(late, `fresh-${nth}`)

  await reviewAll(service)
  expect(order().map((name) => name.split('-')[0])).toEqual([
    ...['fresh', 'fresh', 'fresh'],
    ...['bulk', 'bulk', 'bulk'],
  ])
})

async function setUp(engine: 'redis' | 'postgres') {
  const service = await startService({
    engine,
    script: approve(),
    withWorker: false,
    env: { WORKER_CONCURRENCY: '1' },
  })
  return {
    service,
    /** The names of the bundles in the order in which the model was asked about them. */
    order: () =>
      service.model.calls.map(
        ({ request }) => /(many|few|bulk|fresh)-\d+/.exec(request.user)?.[0] ?? '',
      ),
  }
}

async function submit(person: Person, name: string): Promise<void> {
  const { status } = await person.submit(aSkill({ name }))
  expect(status).toBe(201)
}

async function reviewAll(service: Awaited<ReturnType<typeof startService>>): Promise<void> {
  const worker = await startWorker(service.config, service.log)
  onTestFinished(() => worker.stop())
  const left = () => service.db.$client`select 1 from submissions where status = 'pending_llm'`
  await expect.poll(left).toEqual([])
}
