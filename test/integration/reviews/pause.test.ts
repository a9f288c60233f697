import type { Services } from '@countersign/api/compose'
import type { DueReview } from '@countersign/core/ports'
import { expect, test } from 'vitest'
import { startService } from '../../support/start-service.ts'

test('a paused queue holds what comes, and goes on when resumed', async () => {
  const service = await startService()
  const [ada, admin] = [await service.asSomebody(), await service.asAdmin()]
  await admin.send('POST', '/api/admin/ops/pause')
  const { body } = await ada.submit()
  expect(body.submission).toMatchObject({ status: 'pending_llm', hold_reason: 'paused' })
  const readQueue = async () => (await admin.send('GET', '/api/admin/ops')).body.queue
  expect((await readQueue()).paused).toBe(true)
  // Nothing is left in the queue for which it would have to rest, and those who come after with it.
  const { $client: sql } = service.db
  await expect.poll(() => sql`select from submissions where claims > 0`).toHaveLength(1)
  await expect.poll(readQueue).toMatchObject({ waiting: 0, active: 0, delayed: 0 })

  await admin.send('POST', '/api/admin/ops/resume')
  const settled = await service.untilSettled(ada, body.submission.id)
  expect(settled.status).toBe('approved')
})

test('resuming hands out at once what came meanwhile', async () => {
  const announced: unknown[] = []
  const announce = (reviews: readonly DueReview[]) => void announced.push(reviews)
  const around = (services: Services) => ({
    ...services,
    reviewQueue: { ...services.reviewQueue, announce },
  })
  const service = await startService({ withWorker: false, overrides: { around } })
  const admin = await service.asAdmin()
  await admin.send('POST', '/api/admin/ops/pause')
  const { body } = await admin.submit()
  await admin.send('POST', '/api/admin/ops/resume')
  const due = [expect.objectContaining({ submissionId: body.submission.id })]
  expect(announced).toEqual([due, due])
})
