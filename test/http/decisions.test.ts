import { describe, expect, test } from 'vitest'
import { aSkill, type Files, zip } from '../support/bundles.ts'
import { aSkillWithTools, aThinSkill, obedientModel } from '../support/obedient-model.ts'
import { shareService } from '../support/share-service.ts'
import type { Answer, Person } from '../support/start-service.ts'

const service = shareService({ script: obedientModel, env: { HUMAN_REVIEW_FOR: 'tools' } })

const reason = 'looked at by hand'
const entityOf = (id: string) => `/api/store/entities/${id}`
const told = ({ status, body }: Answer) => [status, body?.code]
const blocked = aSkill({ note: 'the model blocks' })
const failed = aSkill({ note: 'the model fails' })

/** A decided submission of somebody's, and an admin to decide on it. */
async function aSubmission(files: Files, by?: Person) {
  const ada = by ?? (await service().asSomebody())
  const admin = await service().asAdmin()
  const { body } = await ada.submit(files)
  const id = (body.submission?.id ?? body.submission_id) as string
  await service().untilSettled(ada, id)
  const path = `/api/admin/store/submissions/${id}`
  const decide = (what: string, json?: object, headers = {}) =>
    admin.send('POST', `${path}/${what}`, { ...(json && { json }), headers })
  const read = async () => (await admin.send('GET', path)).body
  return { ada, admin, id, entityId: (body.id ?? body.entity_id) as string, path, decide, read }
}

async function audited(id: string, action: string) {
  const admin = await service().asAdmin()
  const query = `resource=submission:${id}&action=store.submission.${action}`
  return (await admin.send('GET', `/api/admin/audit?${query}`)).body.items
}

describe('override', () => {
  test.each([
    ['blocked_inline', aThinSkill()],
    ['blocked_llm', blocked],
    ['review_error', failed],
    ['needs_human', aSkillWithTools()],
  ])('200 publishes at once what was %s', async (prior, files) => {
    const { ada, admin, id, entityId, decide } = await aSubmission(files)
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
    const { body: entity } = await ada.send('GET', entityOf(entityId))
    expect(entity).toMatchObject({ visibility_status: 'approved', version_no: 1 })
    expect(await audited(id, 'overridden')).toMatchObject([
      { params: { reason, prior_status: prior, promoted_to_version_no: 1, version_no: 1 } },
    ])
    expect(told(await decide('override', { reason }))).toEqual([409, 'not_overridable'])
  })

  test('TRAP 10: of one version says nothing of the next', async () => {
    const { ada, entityId, decide } = await aSubmission(blocked)
    await decide('override', { reason })
    const file = {
      bytes: await zip(aSkill({ note: 'the model blocks, again' })),
      fileName: 'b.zip',
    }
    const { body } = await ada.send('PUT', entityOf(entityId), { form: { file } })
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
    const { decide, read } = await aSubmission(blocked)
    expect(told(await decide('override', json))).toEqual([422, 'validation_failed'])
    expect((await read()).status).toBe('blocked_llm')
  })

  test('409 for what is approved, and TRAP D7: for what is archived', async () => {
    const approved = await aSubmission(aSkill())
    expect(told(await approved.decide('override', { reason }))).toEqual([409, 'not_overridable'])
    const gone = await aSubmission(blocked)
    await gone.admin.send('DELETE', entityOf(gone.entityId))
    const refused = await gone.decide('override', { reason })
    expect(told(refused)).toEqual([409, 'not_overridable'])
    expect(refused.body.current_status).toBe('blocked_llm')
  })

  test('403 self_override_forbidden while another admin is there', async () => {
    const other = await service().asSomebody('admin')
    const { path } = await aSubmission(blocked, other)
    const refused = await other.send('POST', `${path}/override`, { json: { reason } })
    expect(told(refused)).toEqual([403, 'self_override_forbidden'])
  })

  test('TRAP 11: of an older version never brings it back before the live one', async () => {
    const { ada, entityId, decide, read } = await aSubmission(blocked)
    const file = { bytes: await zip(aSkill({ note: 'sound' })), fileName: 'bundle.zip' }
    const { body } = await ada.send('PUT', entityOf(entityId), { form: { file } })
    await service().untilSettled(ada, body.submission.id)
    expect((await decide('override', { reason })).status).toBe(200)
    expect(await read()).toMatchObject({ version_no: 1, entity_version_no: 2 })
  })
})

describe('approve and reject', () => {
  test('200 a person lets through what the model approved and a policy holds', async () => {
    const { ada, id, entityId, decide, read } = await aSubmission(aSkillWithTools())
    expect(await read()).toMatchObject({
      status: 'needs_human',
      hold_reason: 'policy',
      waiting_on: 'admin',
      decided_at: null,
      review: { risk_level: 'safe' },
      capability_delta: { tools: { added: [{ tool: 'Grep' }, { tool: 'Read' }], removed: [] } },
    })
    expect((await ada.send('GET', entityOf(entityId))).body.version_no).toBeNull()
    const { status, body } = await decide('approve', { comment: 'both only read' })
    expect([status, body.status, body.entity_version_no]).toEqual([200, 'approved', 1])
    expect(await audited(id, 'approved')).toMatchObject([
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
    ['review_error', failed],
  ])('200 reject closes what is %s, for a reason', async (prior, files) => {
    const { ada, id, entityId, decide } = await aSubmission(files)
    expect(told(await decide('reject', { reason: '   ' }))).toEqual([422, 'validation_failed'])
    const { status, body } = await decide('reject', { reason })
    expect([status, body.status, body.waiting_on]).toEqual([200, 'rejected', 'submitter'])
    expect(await audited(id, 'rejected')).toMatchObject([
      { params: { reason, prior_status: prior } },
    ])
    const { body: own } = await ada.send('GET', `/api/store/submissions/${id}`)
    expect(own.thread).toMatchObject([{ verdict: 'rejected', reason_code: null, text: reason }])
    expect((await ada.send('GET', entityOf(entityId))).body.version_no).toBeNull()
    const again = await ada.submit(aSkill({ note: 'another try' }))
    expect([again.status, again.body.id]).toEqual([201, entityId])
  })

  test('409 not_decidable elsewhere', async () => {
    for (const files of [aSkill(), blocked, aThinSkill()]) {
      const { decide } = await aSubmission(files)
      expect(told(await decide('approve'))).toEqual([409, 'not_decidable'])
      expect(told(await decide('reject', { reason }))).toEqual([409, 'not_decidable'])
    }
  })
})

describe('a reason', () => {
  test('200 may be a code, whose text the submitter reads unless there is a better one', async () => {
    const canned = await aSubmission(blocked)
    const code = { reason_code: 'false_positive' }
    const { body } = await canned.decide('override', code)
    expect(body.override.reason).toMatch(/^What was found is not what it looks like/)
    const [entry] = await audited(canned.id, 'overridden')
    expect(entry.params).toMatchObject({ ...code, reason: body.override.reason })

    const own = await aSubmission(failed)
    const json = { reason_code: 'poor_quality', reason: 'Its examples do not run.' }
    expect((await own.decide('reject', json)).body).toMatchObject({ status: 'rejected' })
    expect((await audited(own.id, 'rejected'))[0].params).toMatchObject(json)
  })

  test('422 for no reason at all, and for a code that there is not', async () => {
    const { decide } = await aSubmission(failed)
    for (const json of [{}, { reason_code: 'because' }, { reason: ' no ' }]) {
      expect(told(await decide('reject', json))).toEqual([422, 'validation_failed'])
    }
  })
})

describe('every decision', () => {
  const decisions = [
    ['override', { reason }],
    ['approve', {}],
    ['reject', { reason }],
    ['retry', undefined],
    ['rescan', {}],
  ] as const

  test.each(decisions)('TRAP 7: 412 of %s on what was not seen as it is', async (what, json) => {
    const { decide, read } = await aSubmission(aSkillWithTools())
    const { revision, status } = await read()
    const stale = await decide(what, json, { 'if-match': `"${revision - 1}"` })
    expect(told(stale)).toEqual([412, 'precondition_failed'])
    expect(await read()).toMatchObject({ revision, status })
  })

  test.each(
    decisions,
  )('403 of %s for anybody but an admin, 404 for nothing', async (what, json) => {
    const { ada, admin, path } = await aSubmission(aSkillWithTools())
    const agent = await service().asAgentOf(admin)
    for (const person of [ada, agent]) {
      const answer = await person.send('POST', `${path}/${what}`, json && { json })
      expect(told(answer)).toEqual([403, 'forbidden'])
    }
    const nowhere = path.replace(/.{12}$/, '000000000000')
    const missing = await admin.send('POST', `${nowhere}/${what}`, json && { json })
    expect(told(missing)).toEqual([404, 'not_found'])
  })

  test('of two admins at once one decides', async () => {
    const { decide, read } = await aSubmission(aSkillWithTools())
    const { revision } = await read()
    const seen = { 'if-match': `"${revision}"` }
    const answers = await Promise.all([
      decide('approve', {}, seen),
      decide('reject', { reason }, seen),
      decide('override', { reason }, seen),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(2)
  })
})

test('an admin alone overrides their own, and it is audited as self_override', async () => {
  const root = await service().asAdmin()
  await service().db.$client`
    update principals set disabled_at = now() where role = 'admin' and id <> ${root.id}`
  const { decide, id } = await aSubmission(blocked, root)
  expect((await decide('override', { reason })).status).toBe(200)
  expect(await audited(id, 'overridden')).toMatchObject([{ params: { self_override: true } }])
})
