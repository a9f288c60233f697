import { describe, expect, test } from 'vitest'
import { aSkill, zip } from '../../support/bundles.ts'
import { shareDecisions } from '../../support/decisions.ts'
import {
  aSkillWithTools,
  aThinSkill,
  blockedSkill,
  failingSkill,
} from '../../support/obedient-model.ts'
import { entityPath } from '../../support/paths.ts'
import { told } from '../../support/told.ts'

const { service, aSubmission } = shareDecisions()

const reason = 'looked at by hand'

describe('override', () => {
  test.each([
    ['blocked_inline', aThinSkill()],
    ['blocked_llm', blockedSkill],
    ['review_error', failingSkill],
    ['needs_human', aSkillWithTools()],
  ])('200 publishes at once what was %s', async (prior, files) => {
    const { ada, admin, id, entityId, decide, audited } = await aSubmission(files)
    const { status, body, headers } = await decide('override', { reason })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id,
      status: 'overridden',
      waiting_on: null,
      hold_reason: null,
      entity_version_no: 1,
      override: { by: admin.id, reason, prior_status: prior, at: expect.any(String) },
      decided_at: expect.any(String),
    })
    expect(headers.get('etag')).toBe(`"${body.revision}"`)
    const { body: entity } = await ada.send('GET', entityPath(entityId))
    expect(entity).toMatchObject({ visibility_status: 'approved', version_no: 1 })
    expect(await audited('overridden')).toMatchObject([
      { params: { reason, prior_status: prior, promoted_to_version_no: 1, version_no: 1 } },
    ])
    expect(told(await decide('override', { reason }))).toEqual([409, 'not_overridable'])
  })

  test('TRAP 10: of one version says nothing of the next', async () => {
    const { ada, entityId, decide } = await aSubmission(blockedSkill)
    await decide('override', { reason })
    const file = {
      bytes: await zip(aSkill({ note: 'the model blocks, again' })),
      fileName: 'b.zip',
    }
    const { body } = await ada.send('PUT', entityPath(entityId), { form: { file } })
    const next = await service().untilSettled(ada, body.submission.id)
    expect(next).toMatchObject({ status: 'blocked_llm', override: null, entity_version_no: 1 })
  })

  test.each([
    {},
    { reason: '' },
    { reason: '    ' },
    { reason: 'abc ' },
    { reason: 7 },
  ])('TRAP D7: 422 for %j', async (json) => {
    const { decide, read } = await aSubmission(blockedSkill)
    expect(told(await decide('override', json))).toEqual([422, 'validation_failed'])
    expect((await read()).status).toBe('blocked_llm')
  })

  test('409 for what is approved, and TRAP D7: for what is archived', async () => {
    const approved = await aSubmission(aSkill())
    expect(told(await approved.decide('override', { reason }))).toEqual([409, 'not_overridable'])
    const gone = await aSubmission(blockedSkill)
    await gone.admin.send('DELETE', entityPath(gone.entityId))
    const refused = await gone.decide('override', { reason })
    expect(told(refused)).toEqual([409, 'not_overridable'])
    expect(refused.body.current_status).toBe('blocked_llm')
  })

  test('403 self_override_forbidden while another admin is there', async () => {
    const other = await service().asSomebody('admin')
    const { path } = await aSubmission(blockedSkill, other)
    const refused = await other.send('POST', `${path}/override`, { json: { reason } })
    expect(told(refused)).toEqual([403, 'self_override_forbidden'])
  })

  test('TRAP 11: of an older version never brings it back before the live one', async () => {
    const { ada, entityId, decide, read } = await aSubmission(blockedSkill)
    const file = { bytes: await zip(aSkill({ note: 'sound' })), fileName: 'bundle.zip' }
    const { body } = await ada.send('PUT', entityPath(entityId), { form: { file } })
    await service().untilSettled(ada, body.submission.id)
    expect((await decide('override', { reason })).status).toBe(200)
    expect(await read()).toMatchObject({ version_no: 1, entity_version_no: 2 })
  })
})

test('an admin alone overrides their own, and it is audited as self_override', async () => {
  const root = await service().asAdmin()
  await service().db.$client`
    update principals set disabled_at = now() where role = 'admin' and id <> ${root.id}`
  const { decide, audited } = await aSubmission(blockedSkill, root)
  expect((await decide('override', { reason })).status).toBe(200)
  expect(await audited('overridden')).toMatchObject([{ params: { self_override: true } }])
})
