import { randomUUID } from 'node:crypto'
import { approve, block } from '@countersign/demo/model-replies'
import { describe, expect, test } from 'vitest'
import { aSkill } from '../../support/bundles.ts'
import { shareDecisions } from '../../support/decisions.ts'
import { aSkillWithTools, aThinSkill, obedientModel } from '../../support/obedient-model.ts'
import { adminSubmissionsPath, entityPath } from '../../support/paths.ts'
import { told } from '../../support/told.ts'

const { service, aSubmission } = shareDecisions()

/** Bytes that nobody has sent before: the same ones would get the same verdict without a call. */
const sound = () => aSkill({ note: randomUUID() })
const blocked = () => aSkill({ note: `the model blocks ${randomUUID()}` })
const failed = () => aSkill({ note: `the model fails ${randomUUID()}` })
const withTools = () => aSkillWithTools({ note: randomUUID() })

/** Runs with a model that answers everything alike. */
async function whileModelSays(reply: ReturnType<typeof block>, work: () => Promise<void>) {
  service().model.follow(reply)
  await work().finally(() => service().model.follow(obedientModel))
}

describe('rescan', () => {
  test('202 asks the model anew, of the bytes of that very version, and serves on meanwhile', async () => {
    const { id, decide, settled, readEntity } = await aSubmission(aSkill({ note: 'rescan me' }))
    const before = service().model.calls.length
    const { status, body } = await decide('rescan')
    expect([status, body.status, body.waiting_on]).toEqual([202, 'pending_llm', 'reviewer'])
    expect((await readEntity()).visibility_status).toBe('approved')
    expect(await settled()).toMatchObject({ id, status: 'approved', review: { reused_from: null } })
    expect(service().model.calls.length).toBe(before + 1)
    expect(service().model.calls.at(-1)?.request.user).toContain('rescan me')
  })

  test('a bad end that is critical takes what is live out of service', async () => {
    const { ada, entityId, decide, settled, readEntity } = await aSubmission(sound())
    await ada.send('POST', `${entityPath(entityId)}/install`)
    await whileModelSays(block(), async () => {
      await decide('rescan')
      expect((await settled()).status).toBe('blocked_llm')
    })
    expect(await readEntity()).toMatchObject({ visibility_status: 'hidden', version_no: 1 })
    const bob = await service().asSomebody()
    expect((await bob.send('GET', entityPath(entityId))).status).toBe(404)
    expect((await ada.send('GET', '/api/store/installs')).body.items).toEqual([])
    expect((await bob.send('POST', `${entityPath(entityId)}/install`)).status).toBe(404)
    expect(told(await ada.send('DELETE', entityPath(entityId)))).toEqual([
      409,
      'quarantined_owner_cannot_delete',
    ])
    await decide('override', { reason: 'a false alarm' })
    expect(await readEntity()).toMatchObject({ visibility_status: 'approved', version_no: 1 })
  })

  test('a bad end that is not critical goes to a person, and is served on', async () => {
    const { decide, settled, readEntity } = await aSubmission(sound())
    await whileModelSays(block({ severity: 'high' }), async () => {
      await decide('rescan')
      expect(await settled()).toMatchObject({ status: 'needs_human', waiting_on: 'admin' })
    })
    expect((await readEntity()).visibility_status).toBe('approved')
  })

  test('a bad end of any kind hides where the admin asked for it', async () => {
    const { decide, settled, readEntity } = await aSubmission(sound())
    await whileModelSays(block({ severity: 'high' }), async () => {
      await decide('rescan', { hide_on_fail: true })
      expect((await settled()).status).toBe('blocked_llm')
    })
    expect((await readEntity()).visibility_status).toBe('hidden')
  })

  test('nobody leaves one by withdrawing it: what was served goes out of service until it passes', async () => {
    const { ada, id, decide, settled, readEntity } = await aSubmission(sound())
    await whileModelSays(block({ severity: 'high' }), async () => {
      await decide('rescan')
      expect((await settled()).status).toBe('needs_human')
    })
    const { status, body } = await ada.send('POST', `/api/store/submissions/${id}/withdraw`)
    expect([status, body.status]).toEqual([200, 'withdrawn'])
    expect(await readEntity()).toMatchObject({ visibility_status: 'hidden', version_no: 1 })
    await decide('rescan')
    expect((await settled()).status).toBe('approved')
    expect(await readEntity()).toMatchObject({ visibility_status: 'approved', version_no: 1 })
  })

  test('TRAP D6: of an old version touches nothing of the live one, and erases no finding', async () => {
    const { ada, entityId, decide, settled, read, readEntity } = await aSubmission(blocked())
    const first = await read()
    const next = await ada.submit(sound())
    await service().untilSettled(ada, next.body.submission.id)
    await whileModelSays(block(), async () => {
      await decide('rescan', { hide_on_fail: true })
      expect((await settled()).status).toBe('blocked_llm')
    })
    expect(await readEntity()).toMatchObject({ visibility_status: 'approved', version_no: 2 })
    await decide('rescan')
    expect((await settled()).review.findings).toEqual(first.review.findings)
    expect(entityId).toBe(next.body.id)
  })

  test('409 not_rescannable under review; 202 after rejection and withdrawal', async () => {
    const waiting = await aSubmission(withTools())
    const refused = await waiting.decide('rescan')
    expect(told(refused)).toEqual([409, 'not_rescannable'])
    expect(refused.body.current_status).toBe('needs_human')
    await waiting.decide('reject', { reason: 'not now' })
    expect((await waiting.decide('rescan')).status).toBe(202)
    await waiting.settled()
    await waiting.ada.send('POST', `/api/store/submissions/${waiting.id}/withdraw`)
    expect((await waiting.decide('rescan')).status).toBe(202)
  })

  test('202 puts what a check blocks back to blocked_inline', async () => {
    const { decide, audited } = await aSubmission(aThinSkill())
    await decide('override', { reason: 'short but fine' })
    const { status, body } = await decide('rescan')
    expect([status, body.status]).toEqual([202, 'blocked_inline'])
    expect(await audited('rescan')).toMatchObject([{ params: { prior_status: 'overridden' } }])
  })
})

describe('retry', () => {
  test.each([
    ['blocked_llm', blocked],
    ['review_error', failed],
  ])('202 asks the model anew about what was %s', async (prior, files) => {
    const { decide, settled, audited } = await aSubmission(files())
    await whileModelSays(approve(), async () => {
      const { status, body } = await decide('retry')
      expect([status, body.status, body.review]).toEqual([202, 'pending_llm', null])
      expect((await settled()).status).toBe('approved')
    })
    expect(await audited('retry')).toMatchObject([{ params: { prior_status: prior, attempt: 2 } }])
  })

  test.each([
    ['approved', sound],
    ['needs_human', withTools],
    ['blocked_inline', aThinSkill],
  ])('409 not_retryable for what is %s', async (status, files) => {
    const { decide } = await aSubmission(files())
    const refused = await decide('retry')
    expect(told(refused)).toEqual([409, 'not_retryable'])
    expect(refused.body.current_status).toBe(status)
  })

  test('409 prior_version_pending where a newer version is under review', async () => {
    const { ada, admin, decide } = await aSubmission(blocked())
    await admin.send('POST', '/api/admin/ops/pause')
    await ada.submit(sound())
    const refused = await decide('retry')
    await admin.send('POST', '/api/admin/ops/resume')
    expect(told(refused)).toEqual([409, 'prior_version_pending'])
  })
})

describe('the bulk retry', () => {
  const send = async (json: object) =>
    (await service().asAdmin()).send('POST', `${adminSubmissionsPath}/retry`, { json })

  test('202 tells of each what became of it', async () => {
    const [error, good, gone] = [
      await aSubmission(failed()),
      await aSubmission(sound()),
      await aSubmission(failed()),
    ]
    await gone.admin.send('DELETE', entityPath(gone.entityId))
    const unknown = error.id.replace(/.{12}$/, '000000000000')
    const ids = [error.id, good.id, gone.id, unknown]
    await whileModelSays(approve(), async () => {
      const { status, body } = await send({ status: ['review_error'], ids })
      expect(status).toBe(202)
      expect(body).toEqual({
        queued: [{ id: error.id }],
        skipped: [
          { id: good.id, reason: 'status_approved' },
          { id: gone.id, reason: 'not_retryable' },
          { id: unknown, reason: 'not_found' },
        ],
      })
      expect((await error.settled()).status).toBe('approved')
    })
  })

  test('202 takes the oldest of a status, as many as were asked for', async () => {
    await service().db
      .$client`update submissions set status = 'blocked_llm' where status = 'review_error'`
    const ids = [await aSubmission(failed()), await aSubmission(failed())].map(({ id }) => id)
    const { body } = await send({ status: ['review_error'], limit: 1 })
    expect(body).toEqual({ queued: [{ id: ids[0] }], skipped: [] })
  })

  test('422 for statuses and sizes that are none', async () => {
    for (const json of [{ status: ['odd'] }, { limit: 0 }, { limit: 1001 }, { ids: ['x'] }]) {
      expect(told(await send(json))).toEqual([422, 'validation_failed'])
    }
  })
})
