import { randomUUID } from 'node:crypto'
import { ServiceError } from '@countersign/core/errors'
import type { BundleShelf } from '@countersign/core/ports'
import { failBatch } from '@countersign/core/reviews/batches/fail-batch'
import { ReviewerFailure } from '@countersign/core/reviews/reviewer'
import { approve } from '@countersign/demo/model-replies'
import { compose } from '@countersign/worker/compose'
import { startWorker } from '@countersign/worker/start-worker'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startService } from '../../support/start-service.ts'
import { until } from '../../support/until.ts'

test.each<keyof Pick<BundleShelf, 'open' | 'isIntact'>>([
  'open',
  'isIntact',
])('a store that is away at %s puts a review off, as often as it takes, and fails none', async (step) => {
  const service = await startService({ withWorker: false, env: { REVIEW_MAX_ATTEMPTS: '1' } })
  const failures = [1, 2, 3].map(() => new ServiceError('unavailable'))
  const worker = await startWorker(service.config, service.log, {
    around(ports) {
      const { bundles } = ports
      const call: (hash: string) => Promise<never> = async (hash) => {
        const failure = failures.pop()
        if (failure) throw failure
        return (await bundles[step](hash)) as never
      }
      return { ...ports, bundles: { ...bundles, [step]: call } }
    },
  })
  onTestFinished(() => worker.stop())
  const ada = await service.asSomebody()
  const { body } = await ada.submit()

  const settled = await until(async () => {
    // Nobody waits here for the pause to be over.
    await service.db.$client`
      update submissions set due_at = now() where status = 'pending_llm' and lease_id is null`
    const { body: now } = await ada.send('GET', `/api/store/submissions/${body.submission.id}`)
    if (now.status === 'pending_llm') throw new Error('It is not settled yet.')
    return now
  })

  expect(settled).toMatchObject({ status: 'approved', review: { attempts: 1 } })
  expect(service.model.calls).toHaveLength(1)
  expect(failures).toEqual([])
})

test('an answer is a verdict, whatever characters there are in its words', async () => {
  const odd = 'a\0b\ud800'
  const place = { severity: 'low', category: odd, file: `SKILL.md${odd}`, line: 1 }
  const finding = { ...place, explanation: odd, fix_hint: odd }
  const script = approve({ summary: odd, findings: [finding] })
  const service = await startService({ script, env: { REVIEW_MAX_ATTEMPTS: '1' } })
  const ada = await service.asSomebody()
  const { body } = await ada.submit()
  const settled = await service.untilSettled(ada, body.submission.id)
  expect(settled).toMatchObject({ status: 'approved', review: { summary: 'ab', attempts: 1 } })
  expect(settled.review.findings).toMatchObject([{ message: 'ab', fix_hint: 'ab', file: null }])
})

test('how long a batch leaves the provider alone is told by the clock that all processes share', async () => {
  const { config, log } = await startService({ withWorker: false })
  const { ports, close } = await compose(config, log)
  onTestFinished(close)
  const ownClock = vi.spyOn(Date, 'now').mockReturnValue(0)
  onTestFinished(() => ownClock.mockRestore())
  const error = new ReviewerFailure('busy', 'Later.', { retryAfterMs: 600_000 })
  const names = { id: randomUUID(), leaseId: randomUUID(), providerId: null, model: 'haiku' }
  const batch = { ...names, failures: 0, createdAt: new Date(), submittedAt: null }

  await failBatch(ports, batch, { error, isStopping: false })

  const leftMs = await ports.store.settings.readLeftMs('rate_limited_until')
  expect(leftMs).toBeGreaterThan(300_000)
})
