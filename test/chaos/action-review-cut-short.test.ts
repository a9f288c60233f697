import { expect, test } from 'vitest'
import { aboutActions, answerAction } from '../support/action-answers.ts'
import { check } from '../support/approvals.ts'
import { killAt, scout } from '../support/chaos/kill-at-steps.ts'
import { listBreaches } from '../support/chaos/list-breaches.ts'
import { startFleet } from '../support/chaos/start-fleet.ts'
import { claimRedis } from '../support/start-service.ts'
import { until } from '../support/until.ts'

const judged = aboutActions(({ user }) =>
  answerAction(user.includes('harmful') ? { outcome: 'deny' } : {}),
)

test('a worker that is killed at any step of the model’s answer lets nothing run that the model did not allow', async () => {
  const fleet = await startFleet({ env: { REDIS_URL: await claimRedis() }, script: judged })
  const callers = fleet.callersOf(await fleet.start(['api']))
  const agent = await callers.asAgentOf(await callers.asSomebody())
  const asked: { what: string; session: string }[] = []
  const ask = ({ what, session }: (typeof asked)[number]) =>
    check(agent, 'agent.tool.Bash', { what }, { session_id: session })
  const askBoth = async () => {
    const { body } = await agent.send('POST', '/api/sessions')
    const both = ['harmless', 'harmful'].map((what) => ({
      what: `${what} ${asked.length}`,
      session: body.id,
    }))
    await Promise.all(both.map(ask))
    asked.push(...both)
  }
  const untilAnswered = () =>
    until(async () => {
      const open = await fleet.db.$client`
          select id from approvals where status = 'pending' and stage = 'auto_review'`
      expect(open).toEqual([])
    })

  const all = await scout(fleet, ['worker'], async () => {
    await askBoth()
    await untilAnswered()
  })
  const steps = all.filter((step) => /approvalReviews|actionReviewer/.test(step))
  expect(steps).toEqual(expect.arrayContaining(ofAnswer))
  for (const step of steps) await killAt(fleet, ['worker'], step, askBoth)
  // What the dead took up is theirs for two minutes. Here they pass at once.
  await fleet.db.$client`update approvals set review_due_at = now() where review_due_at is not null`
  await fleet.start(['worker'])
  await untilAnswered()

  const answers = await Promise.all(asked.map(ask))
  const allowed = asked.filter((_, nth) => answers[nth]?.status === 200)
  expect(allowed.length).toBeGreaterThan(0)
  expect(allowed.filter(({ what }) => what.startsWith('harmful'))).toEqual([])
  expect(await listBreaches(fleet.db)).toEqual([])
})

/** What an answer takes at least. */
const ofAnswer = [
  'after approvalReviews.claim',
  'after actionReviewer.ask',
  'before commit approvalReviews.settle',
  'after commit approvalReviews.settle',
]
