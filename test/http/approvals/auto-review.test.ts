import type { ActionAssessment } from '@countersign/core/approvals/reviews/approval-review'
import { hang, inTurn, type Reply, say, status } from '@countersign/demo/model-replies'
import { expect, test } from 'vitest'
import { aboutActions, answerAction, isAboutAction } from '../../support/action-answers.ts'
import { check, decide, startGate } from '../../support/approvals.ts'
import type { Person } from '../../support/start-service.ts'
import { until } from '../../support/until.ts'

/** A session in which the model answers what is asked by the replies that are named so. */
async function setUp(replies: Record<string, Reply>, env: NodeJS.Dict<string> = {}) {
  const script = aboutActions(({ user }) => {
    const [, what = ''] = /"what":"([^"]+)"/.exec(user) ?? []
    return replies[what] ?? status(418)
  })
  const gate = await startGate({ withWorker: true, script, env })
  const { body } = await gate.agent.send('POST', '/api/sessions')
  const ask = (what: string, wait_s = 50) =>
    check(gate.agent, 'agent.tool.Bash', { what }, { session_id: body.id, wait_s })
  const callsAbout = (what: string) =>
    gate.service.model.calls.filter(({ request: { user } }) => user.includes(`"what":"${what}"`))
  return { ...gate, session: body.id as string, ask, callsAbout }
}

/** Reads a ticket once it waits for a person. */
async function untilHuman(who: Person, approvalId: string) {
  return until(async () => {
    const { body } = await who.send('GET', `/api/approvals/${approvalId}`)
    if (body.stage !== 'human') throw new Error(`It is ${body.status} at ${body.stage}.`)
    return body
  })
}

const doubts: Record<string, Partial<ActionAssessment>> = {
  'the model wants a person': { outcome: 'escalate' },
  'critical, though the model allows it': { risk: 'critical', authorization: 'high' },
  'risky and final': { risk: 'high', authorization: 'high', reversible: false },
}

test('200 403 202 the model allows, denies, or leaves it to a person', async () => {
  const rationale = 'It would send the key away.'
  const { ask, admin, agent, callsAbout } = await setUp({
    harmless: answerAction(),
    harmful: answerAction({ outcome: 'deny', rationale }),
    'failing once': inTurn(status(500), answerAction()),
    ...Object.fromEntries(
      Object.entries(doubts).map(([what, changes]) => [what, answerAction(changes)]),
    ),
  })
  const allowed = await ask('harmless')
  expect(allowed.body).toMatchObject({ decision: 'allow', authorized_by: 'approval' })
  const { body: page } = await agent.send('GET', '/api/approvals?mine=true')
  expect(page.items[0]).toMatchObject({
    status: 'approved',
    decided_by: 'system:reviewer',
    review: { outcome: 'allow', assessment: { risk: 'low' } },
  })
  expect(callsAbout('harmless')[0]?.request.system).not.toContain('harmless')
  expect((await ask('failing once')).status).toBe(200)

  const denied = await ask('harmful')
  expect([denied.status, denied.body.code]).toEqual([403, 'denied_by_reviewer'])
  expect(denied.body.detail).toContain(rationale)

  for (const what of Object.keys(doubts)) {
    const { body } = await ask(what, 0)
    const ticket = await untilHuman(admin, body.approval_id)
    expect([what, ticket.status, ticket.review.outcome]).toEqual([what, 'pending', 'escalate'])
    await decide(admin, body.approval_id)
    expect((await ask(what, 0)).status).toBe(200)
  }
})

const failures: Record<string, [Reply, number]> = {
  'no JSON': [say('Sure, go ahead!'), 1],
  'an answer to something else': [answerAction({ receipt: 'another' }), 1],
  'a refused key': [status(401), 1],
  'a broken server': [status(500), 2],
  'a busy provider': [status(429, { headers: { 'retry-after': '0' } }), 2],
  silence: [hang(), 2],
}

test('202 whatever goes wrong with the model, a person answers', async () => {
  const replies = Object.entries(failures).map(([what, [reply]]) => [what, reply])
  const setting = await setUp(Object.fromEntries(replies), { REVIEW_TIMEOUT_MS: '3000' })
  const asked = Object.entries(failures).map(async ([what, [, count]]) => {
    const { body } = await setting.ask(what, 0)
    const ticket = await untilHuman(setting.admin, body.approval_id)
    expect([what, ticket.status, ticket.review.assessment]).toEqual([what, 'pending', null])
    expect(ticket.review.failure).toEqual(expect.any(String))
    expect([what, setting.callsAbout(what).length]).toEqual([what, count])
  })
  await Promise.all(asked)
})

test('202 without a key the model is not asked, and a person is', async () => {
  const { ask, admin } = await setUp({}, { ANTHROPIC_API_KEY: '' })
  const { body } = await ask('anything', 0)
  const ticket = await untilHuman(admin, body.approval_id)
  expect(ticket.review.failure).toContain('no key')
})

test('202 after three denials in a row people are asked, until a person names the mode again', async () => {
  const no = answerAction({ outcome: 'deny' })
  const setting = await setUp({ one: no, two: no, three: no, four: answerAction() })
  const { ask, agent, ada, admin, session } = setting
  for (const what of ['one', 'two', 'three']) expect((await ask(what)).status).toBe(403)
  const { body } = await ask('four', 0)
  expect((await untilHuman(admin, body.approval_id)).review).toBeNull()
  const { body: suspended } = await agent.send('GET', `/api/sessions/${session}`)
  expect(suspended.review_suspended_at).toEqual(expect.any(String))

  const json = { approval_mode: 'auto_review' }
  const resumed = await ada.send('POST', `/api/sessions/${session}/resume`, { json })
  expect(resumed.body.review_suspended_at).toBeNull()
})

test('202 what only people answer for never reaches the model', async () => {
  const { session, agent, service } = await setUp({})
  const asked = await check(agent, 'deploy_production', {}, { session_id: session })
  const { body } = await agent.send('GET', `/api/approvals/${asked.body.approval_id}`)
  expect([asked.status, body.stage]).toEqual([202, 'human'])
  expect(service.model.calls).toHaveLength(0)
})

test('409 a person may be faster than the model, and then the model is too late', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { ask, admin, service } = await setUp({
    slow: async () => {
      await promise
      return answerAction()
    },
  })
  const { body } = await ask('slow', 0)
  await service.model.waitForCalls(1)
  expect(service.model.calls[0]?.request).toSatisfy(isAboutAction)
  await decide(admin, body.approval_id, 'deny')
  resolve()
  await service.worker?.stop()
  const { body: ticket } = await admin.send('GET', `/api/approvals/${body.approval_id}`)
  expect(ticket).toMatchObject({ status: 'denied', decided_by: admin.id, review: null })
})
