import { asCaller } from '@countersign/core/identity/caller'
import { createReads } from '@countersign/db/reads'
import { createStore } from '@countersign/db/store'
import { expect, test } from 'vitest'
import { startService } from '../../support/start-service.ts'
import { untilBlocked } from '../../support/until-blocked.ts'

test('an entity is read as it was at one moment, even where a verdict comes in between', async () => {
  const { db, asSomebody } = await startService({ withWorker: false })
  const ada = await asSomebody()
  const { body } = await ada.submit()
  const account = await createStore(db).principals.find(ada.id)
  const viewer = asCaller(account ?? expect.fail('Ada has an account.'))

  const { reading } = await db.$client.begin(async (change) => {
    // The first statement of a read passes, and the next one waits until the change is committed.
    await change`lock table versions in access exclusive mode`
    const reading = createReads(db).findEntity(body.id, viewer)
    await untilBlocked(db)
    await change`update entities set visibility_status = 'approved', live_n = 1`
    await change`update submissions set status = 'approved', due_at = null, decided_at = now()`
    return { reading }
  })

  const detail = await reading
  expect([detail?.entity.visibilityStatus, detail?.latestSubmission?.status]).toEqual([
    'pending',
    'pending_llm',
  ])
})
