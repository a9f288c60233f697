import { connect } from '@countersign/db/client'
import { createStore } from '@countersign/db/store'
import { approve, hang } from '@countersign/demo/model-replies'
import { expect, onTestFinished, test } from 'vitest'
import { startService } from '../../support/start-service.ts'

test('a review whose claim the database lost in a crash is decided, and asked once', async () => {
  const { promise: isForgotten, resolve: answer } = Promise.withResolvers<void>()
  const { asSomebody, db, model } = await startService({
    script: async () => {
      await isForgotten
      return approve()
    },
  })
  const ada = await asSomebody()
  await ada.submit()
  await model.waitForCalls(1)
  await db.$client`update submissions
    set lease_id = null, claims = claims - 1, due_at = now() - interval '1 second'`
  answer()

  await expect
    .poll(() => db.$client`select status, claims from submissions`, { timeout: 60_000 })
    .toEqual([{ status: 'approved', claims: 1 }])
  expect(model.calls).toHaveLength(1)
})

test('a claim ends before it is on the disk, and what comes after it on the same line does not', async () => {
  const { asSomebody, config, model } = await startService({ script: hang(), withWorker: false })
  const ada = await asSomebody()
  const { body } = await ada.submit()
  const db = connect(config.DATABASE_URL, { max: 1 })
  onTestFinished(() => db.$client.end())
  const showCommit = async (line: Pick<typeof db, 'execute'>) => {
    const [row] = await line.execute('show synchronous_commit')
    return row?.synchronous_commit
  }
  await db.execute('set synchronous_commit = on')
  await db.transaction(async (tx) => {
    const submissionId = body.submission.id
    const request = { submissionId, attempt: 1, promptHash: 'none', model: 'none' }
    await createStore(tx).submissions.claim(request, 30_000)
    expect(await showCommit(tx)).toBe('off')
  })
  expect(await showCommit(db)).toBe('on')
  expect(model.calls).toHaveLength(0)
})
