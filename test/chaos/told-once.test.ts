import { expect, test } from 'vitest'
import { check } from '../support/approvals.ts'
import { killAt } from '../support/chaos/kill-at-steps.ts'
import { startFleet } from '../support/chaos/start-fleet.ts'
import { startReceiver } from '../support/receiver.ts'
import { until } from '../support/until.ts'

test('killed at any step of asking people, workers ask about each request once', async () => {
  const telegram = await startReceiver(() => ({ body: { ok: true, result: { message_id: 1 } } }))
  const fleet = await startFleet({
    env: {
      TELEGRAM_BASE_URL: telegram.url,
      TELEGRAM_BOT_TOKEN: '1:t',
      TELEGRAM_CHAT_ID: '5',
      PUBLIC_URL: 'https://sign.example',
    },
  })
  const callers = fleet.callersOf(await fleet.start(['api']))
  const agent = await callers.asAgentOf(await callers.asSomebody())
  const asked: string[] = []
  const ask = async (step: string) => {
    const { body } = await check(agent, 'deploy_production', { step })
    asked.push(body.approval_id)
  }
  for (const step of [
    'after events.sequence',
    'after notices.claim',
    'after notices.keepMessage',
    'after notices.settle',
  ]) {
    // One at a time: where a worker dies between a message and its record, that message comes again.
    let once: Promise<void> | undefined
    await killAt(fleet, ['worker'], step, () => {
      once ??= ask(step)
      return once
    })
  }

  // Notices have leases of two minutes. Here these pass at once.
  await fleet.db.$client`update notices set due_at = now() where status = 'pending'`
  await fleet.start(['worker'])
  await until(async () => {
    const left = await fleet.db.$client`select id from notices where status = 'pending'
        union select id from events where seq is null`
    expect(left).toEqual([])
  })
  const texts = telegram.heard
    .filter(({ path }) => path.endsWith('/sendMessage'))
    .map(({ text }) => String(JSON.parse(text).text))
  expect(texts).toHaveLength(asked.length)
  for (const id of asked) expect(texts.filter((text) => text.includes(id))).toHaveLength(1)
})
