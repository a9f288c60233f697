import {
  approve,
  block,
  cut,
  hang,
  inTurn,
  missing,
  rateLimited,
  refusal,
  reset,
  say,
  status,
  truncated,
  wrongReceipt,
} from '@countersign/demo/model-replies'
import { expect, test } from 'vitest'
import { aSkill } from '../../support/bundles.ts'
import { startService } from '../../support/start-service.ts'

const quick = { REVIEW_MAX_ATTEMPTS: '2' }

test.each([
  ['garbage', say('I think it is fine.')],
  ['an answer that is cut off', truncated()],
  ['a refusal', refusal()],
  ['an answer without a risk level', missing('risk_level')],
  ['an answer to another question', wrongReceipt()],
  ['a server error', status(500)],
  ['a connection that is reset', reset()],
  ['a response that breaks off', cut()],
])('%s is no verdict: it is tried again, then the review fails', async (_what, reply) => {
  const service = await startService({ script: reply, env: quick })
  const ada = await service.asSomebody()
  const { body } = await ada.submit()

  const settled = await service.untilSettled(ada, body.submission.id)

  expect(settled).toMatchObject({ status: 'review_error', waiting_on: 'admin' })
  expect(settled.review.error).toEqual(expect.any(String))
  expect(settled.review.attempts).toBe(2)
  expect(service.model.calls).toHaveLength(2)
})

test('a call that hangs ends at the timeout', async () => {
  const env = { ...quick, REVIEW_TIMEOUT_MS: '300' }
  const service = await startService({ script: hang(), env })
  const ada = await service.asSomebody()
  const { body } = await ada.submit()
  const settled = await service.untilSettled(ada, body.submission.id)
  expect(settled.status).toBe('review_error')
})

test('a failure that passes costs an attempt and no verdict', async () => {
  const service = await startService({ script: inTurn(status(500), approve()), env: quick })
  const ada = await service.asSomebody()
  const { body } = await ada.submit()
  const settled = await service.untilSettled(ada, body.submission.id)
  expect(settled).toMatchObject({ status: 'approved', review: { attempts: 2 } })
})

test.each([
  ['a rate limit', rateLimited(1)],
  ['an overload', status(529, { headers: { 'retry-after': '1' } })],
])('%s is waited for, and uses up no attempt', async (_what, reply) => {
  const service = await startService({
    script: inTurn(reply, reply, approve()),
    env: { REVIEW_MAX_ATTEMPTS: '1' },
  })
  const ada = await service.asSomebody()
  const { body } = await ada.submit()
  const settled = await service.untilSettled(ada, body.submission.id)
  expect(settled).toMatchObject({ status: 'approved', hold_reason: null, review: { attempts: 1 } })
  expect(service.model.calls).toHaveLength(3)
})

test('while the provider asks to be left alone, other reviews wait too', async () => {
  const asked: number[] = []
  const answer = inTurn(rateLimited(10), approve())
  const service = await startService({
    script() {
      asked.push(performance.now())
      return answer
    },
  })
  const [ada, bob, admin] = [
    await service.asSomebody(),
    await service.asSomebody(),
    await service.asAdmin(),
  ]
  const first = await ada.submit()
  await service.untilSettled(
    ada,
    first.body.submission.id,
    ({ hold_reason: hold }) => hold !== null,
  )
  const ops = await admin.send('GET', '/api/admin/ops')
  expect(ops.body.reviewer.rate_limited_until).toEqual(expect.any(String))

  const second = await bob.submit(aSkill({ note: 'Not to be had by the first verdict.' }))
  await service.untilSettled(ada, first.body.submission.id)
  await service.untilSettled(bob, second.body.submission.id)
  const [refused = 0, ...answered] = asked
  expect(answered).toHaveLength(2)
  expect(Math.min(...answered) - refused).toBeGreaterThan(9_500)
})

test.each([401, 403])('a %d holds the review, and nothing is approved', async (code) => {
  const service = await startService({ script: status(code) })
  const ada = await service.asSomebody()
  const { body } = await ada.submit()
  const held = await service.untilSettled(
    ada,
    body.submission.id,
    ({ hold_reason: hold }) => hold !== null,
  )
  expect(held).toMatchObject({ status: 'pending_llm', hold_reason: 'provider_not_ready' })
  const admin = await service.asAdmin()
  const { body: ops } = await admin.send('GET', '/api/admin/ops')
  expect(ops).toMatchObject({ held: 1, reviewer: { ready: false } })

  service.model.follow(approve())
  const retried = await admin.send(
    'POST',
    `/api/admin/store/submissions/${body.submission.id}/retry`,
  )
  expect(retried.status).toBe(202)
  const settled = await service.untilSettled(ada, body.submission.id)
  expect(settled.status).toBe('approved')
  expect((await admin.send('GET', '/api/admin/ops')).body.reviewer.ready).toBe(true)
})

test.each([400, 404])('a %d fails the review at once', async (code) => {
  const service = await startService({ script: status(code) })
  const ada = await service.asSomebody()
  const { body } = await ada.submit()
  const settled = await service.untilSettled(ada, body.submission.id)
  expect(settled.status).toBe('review_error')
  expect(service.model.calls).toHaveLength(1)
})

test('the same bytes get the same verdict without a second call, unless an admin asks anew', async () => {
  const service = await startService({ script: inTurn(block(), approve()) })
  const [ada, bob] = [await service.asSomebody(), await service.asSomebody()]
  const first = await ada.submit()
  await service.untilSettled(ada, first.body.submission.id)

  const second = await bob.submit()
  const reused = await service.untilSettled(bob, second.body.submission.id)
  expect(reused).toMatchObject({
    status: 'blocked_llm',
    review: { reused_from: first.body.submission.id, usage: { cost_usd: 0 } },
  })
  expect(service.model.calls).toHaveLength(1)

  const admin = await service.asAdmin()
  await admin.send('POST', `/api/admin/store/submissions/${second.body.submission.id}/retry`)
  const asked = await service.untilSettled(bob, second.body.submission.id)
  expect(asked).toMatchObject({ status: 'approved', review: { reused_from: null } })
  expect(service.model.calls).toHaveLength(2)
})

test('a verdict under another policy, prompt or model is no verdict: the model is asked anew', async () => {
  const service = await startService({ script: approve() })
  const review = async () => {
    const person = await service.asSomebody()
    const { body } = await person.submit()
    return (await service.untilSettled(person, body.submission.id)).review
  }
  const { $client: sql } = service.db
  await review()
  for (const [nth, part] of ['policy_version', 'prompt_hash', 'model'].entries()) {
    expect(await review()).toMatchObject({ reused_from: expect.any(String) })
    await sql`update verdicts set ${sql(part)} = ${sql(part)} || '-of-before'`
    expect(await review()).toMatchObject({ reused_from: null })
    expect(service.model.calls).toHaveLength(nth + 2)
  }
})

test('over the budget of the day reviews are held, never passed', async () => {
  const service = await startService({ env: { REVIEW_BUDGET_USD_PER_DAY: '0.0000001' } })
  const ada = await service.asSomebody()
  const { body } = await ada.submit()
  const held = await service.untilSettled(
    ada,
    body.submission.id,
    ({ hold_reason: hold }) => hold !== null,
  )
  expect(held).toMatchObject({
    status: 'pending_llm',
    hold_reason: 'budget',
    waiting_on: 'operator',
  })
  expect(service.model.calls).toHaveLength(0)
})

test('every call’s tokens and cost are kept, and shown to operators', async () => {
  const service = await startService()
  const ada = await service.asSomebody()
  const { body } = await ada.submit()
  const settled = await service.untilSettled(ada, body.submission.id)
  expect(settled.review.usage.input_tokens).toBeGreaterThan(0)
  expect(settled.review.usage.cost_usd).toBeGreaterThan(0)
  const { body: ops } = await (await service.asAdmin()).send('GET', '/api/admin/ops')
  expect(ops.reviewer.spend_usd_24h).toBeCloseTo(settled.review.usage.cost_usd, 5)
})

test('a review that an admin overrode while it ran changes nothing when it ends, and is on record once', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const service = await startService({
    async script() {
      await gate
      return block()
    },
  })
  const [ada, admin] = [await service.asSomebody(), await service.asAdmin()]
  const { body } = await ada.submit()
  await service.model.waitForCalls(1)
  const path = `/api/admin/store/submissions/${body.submission.id}`
  const overridden = await admin.send('POST', `${path}/override`, {
    json: { reason: 'I know it well' },
  })
  expect(overridden.body.status).toBe('overridden')
  open()

  await expect
    .poll(async () => {
      const { body: audit } = await admin.send(
        'GET',
        `/api/admin/audit?resource=submission:${body.submission.id}`,
      )
      return audit.items.map(({ action }: { action: string }) => action)
    })
    .toContain('store.submission.bg_verdict_skipped')
  const { body: after } = await admin.send('GET', path)
  expect(after.status).toBe('overridden')
  expect(after.entity.version_no).toBe(1)
})
