import { startWorker } from '@countersign/worker/start-worker'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startService } from '../../support/start-service.ts'

test('a verdict on what was changed while it was reached leaves the change as it is', async () => {
  const { db, conclude, submit } = await startChanging(
    "update entities set description = 'Another one.', revision = revision + 1",
  )
  await submit()
  await expect
    .poll(() => db.$client`select description, live_n, visibility_status from entities`)
    .toEqual([{ description: 'Another one.', live_n: 1, visibility_status: 'approved' }])
  expect(conclude).toHaveBeenCalledTimes(2)
  expect(await listActions(db)).toEqual(['store.submission.accepted', 'store.submission.approved'])
})

test('a verdict on what was archived while it was reached changes nothing, and is on record as skipped', async () => {
  const { db, submit } = await startChanging(
    "update entities set visibility_status = 'archived', revision = revision + 1",
  )
  await submit()
  await expect
    .poll(() => listActions(db))
    .toEqual(['store.submission.accepted', 'store.submission.bg_verdict_skipped'])
  const [left] = await db.$client`
    select status, review, live_n from submissions join entities on entities.id = entity_id`
  expect(left).toEqual({ status: 'pending_llm', review: null, live_n: null })
  expect(await db.$client`select from verdicts`).toHaveLength(0)
})

/** A service in which something happens to every entity right before its first verdict is written. */
async function startChanging(statement: string) {
  const { asSomebody, config, db, log } = await startService({ withWorker: false })
  const conclude = vi.fn()
  const worker = await startWorker(config, log, {
    around(ports) {
      const { store } = ports
      conclude.mockImplementation(store.submissions.conclude)
      conclude.mockImplementationOnce(async (...concluded) => {
        await db.$client.unsafe(statement)
        return conclude.getMockImplementation()?.(...concluded)
      })
      return { ...ports, store: { ...store, submissions: { ...store.submissions, conclude } } }
    },
  })
  onTestFinished(() => worker.stop())
  const ada = await asSomebody()
  return { db, conclude, submit: () => ada.submit() }
}

async function listActions({ $client: sql }: Awaited<ReturnType<typeof startService>>['db']) {
  const entries = await sql`
    select action from audit_entries where resource like 'submission:%' order by id`
  return entries.map(({ action }) => action)
}
