import { describe, expect, test } from 'vitest'
import { aSkill } from '../../support/bundles.ts'
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

describe('approve and reject', () => {
  test('200 a person lets through what the model approved and a policy holds', async () => {
    const { ada, entityId, decide, read, audited } = await aSubmission(aSkillWithTools())
    expect(await read()).toMatchObject({
      status: 'needs_human',
      hold_reason: 'policy',
      waiting_on: 'admin',
      decided_at: null,
      review: { risk_level: 'safe' },
      capability_delta: { tools: { added: [{ tool: 'Grep' }, { tool: 'Read' }], removed: [] } },
    })
    expect((await ada.send('GET', entityPath(entityId))).body.version_no).toBeNull()
    const { status, body } = await decide('approve', { comment: 'both only read' })
    expect([status, body.status, body.entity_version_no]).toEqual([200, 'approved', 1])
    expect(await audited('approved')).toMatchObject([
      { params: { comment: 'both only read', prior_status: 'needs_human' } },
    ])
    const again = await decide('approve')
    expect(told(again)).toEqual([409, 'not_decidable'])
    expect(again.body.current_status).toBe('approved')
  })

  test('403 self_approval_forbidden for whoever submitted it, either way', async () => {
    const other = await service().asSomebody('admin')
    const { path } = await aSubmission(aSkillWithTools(), other)
    const own = [
      await other.send('POST', `${path}/approve`),
      await other.send('POST', `${path}/reject`, { json: { reason } }),
    ]
    expect(own.map(told)).toEqual([
      [403, 'self_approval_forbidden'],
      [403, 'self_approval_forbidden'],
    ])
  })

  test.each([
    ['needs_human', aSkillWithTools()],
    ['review_error', failingSkill],
  ])('200 reject closes what is %s, for a reason', async (prior, files) => {
    const { ada, id, entityId, decide, audited } = await aSubmission(files)
    expect(told(await decide('reject', { reason: '   ' }))).toEqual([422, 'validation_failed'])
    const { status, body } = await decide('reject', { reason })
    expect([status, body.status, body.waiting_on]).toEqual([200, 'rejected', 'submitter'])
    expect(await audited('rejected')).toMatchObject([{ params: { reason, prior_status: prior } }])
    const { body: own } = await ada.send('GET', `/api/store/submissions/${id}`)
    expect(own.thread).toMatchObject([{ verdict: 'rejected', reason_code: null, text: reason }])
    expect((await ada.send('GET', entityPath(entityId))).body.version_no).toBeNull()
    const again = await ada.submit(aSkill({ note: 'another try' }))
    expect([again.status, again.body.id]).toEqual([201, entityId])
  })

  test('409 not_decidable elsewhere', async () => {
    for (const files of [aSkill(), blockedSkill, aThinSkill()]) {
      const { decide } = await aSubmission(files)
      expect(told(await decide('approve'))).toEqual([409, 'not_decidable'])
      expect(told(await decide('reject', { reason }))).toEqual([409, 'not_decidable'])
    }
  })
})

describe('a reason', () => {
  test('200 may be a code, whose text the submitter reads unless there is a better one', async () => {
    const canned = await aSubmission(blockedSkill)
    const code = { reason_code: 'false_positive' }
    const { body } = await canned.decide('override', code)
    expect(body.override.reason).toMatch(/^What was found is not what it looks like/)
    const [entry] = await canned.audited('overridden')
    expect(entry.params).toMatchObject({ ...code, reason: body.override.reason })

    const own = await aSubmission(failingSkill)
    const json = { reason_code: 'poor_quality', reason: 'Its examples do not run.' }
    expect((await own.decide('reject', json)).body).toMatchObject({ status: 'rejected' })
    expect((await own.audited('rejected'))[0].params).toMatchObject(json)
  })

  test('422 for no reason at all, and for a code that there is not', async () => {
    const { decide } = await aSubmission(failingSkill)
    for (const json of [{}, { reason_code: 'because' }, { reason: ' no ' }]) {
      expect(told(await decide('reject', json))).toEqual([422, 'validation_failed'])
    }
  })
})
