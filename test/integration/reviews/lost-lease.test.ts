import { randomUUID } from 'node:crypto'
import { hang } from '@countersign/demo/model-replies'
import { startWorker } from '@countersign/worker/start-worker'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startService } from '../../support/start-service.ts'

test('a worker whose lease went to another lets the review go: nothing failed', async () => {
  const { asSomebody, config, db, log, model } = await startService({
    script: hang(),
    withWorker: false,
  })
  const monitor = { onReviewCrash: vi.fn(), onReviewRetry: vi.fn() }
  const settle = vi.fn()
  const worker = await startWorker(config, log, {
    around(ports) {
      const { store } = ports
      settle.mockImplementation(store.submissions.settle)
      return {
        ...ports,
        monitor: { ...ports.monitor, ...monitor },
        store: { ...store, submissions: { ...store.submissions, settle } },
      }
    },
  })
  onTestFinished(() => worker.stop())
  const ada = await asSomebody()
  await ada.submit()
  await model.waitForCalls(1)
  const another = randomUUID()
  await db.$client`
    update submissions set lease_id = ${another}, due_at = now() + interval '1 hour'`

  await expect.poll(() => settle.mock.calls.length).toBe(1)
  const [left] = await db.$client`select status, lease_id, failures from submissions`
  expect(left).toEqual({ status: 'pending_llm', lease_id: another, failures: 0 })
  expect(monitor.onReviewCrash).not.toHaveBeenCalled()
  expect(monitor.onReviewRetry).not.toHaveBeenCalled()
})
