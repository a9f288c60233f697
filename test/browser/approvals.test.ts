import { expect, test } from 'vitest'
import { check } from '../support/approvals.ts'
import { hands } from '../support/hands.ts'
import { shareConsole } from '../support/open-console.ts'
import { keepScreenshot } from '../support/screenshot.ts'

const { service, openAs } = shareConsole({ withWorker: false })

test.each(hands)('%s an agent’s action is approved, and runs once', async (way, hand) => {
  const { page, agent } = await openApprovals()
  await page.getByText('No action waits for an answer.').waitFor()
  const version = `2026.11.3 ${way}`
  const context = { service: 'billing', version, note: 'safe\u202Etxt.exe' }
  const reason = 'The release was tagged, and its tests passed.'
  const asked = await check(agent, 'deploy_production', context, { reason, wait_s: 0 })
  expect(asked.status).toBe(202)
  await hand.press(page.getByRole('link', { name: 'deploy_production' }))
  await page.getByText('This waits for a person.').waitFor()
  await page.getByText('U+202E').waitFor()
  await keepScreenshot(page, 'approval')

  const waiting = check(agent, 'deploy_production', context, { wait_s: 50 })
  await hand.press(page.getByRole('button', { name: 'Approve …' }))
  const sheet = page.getByRole('dialog', { name: 'Approve this?' })
  await hand.fill(sheet.getByLabel('Comment'), 'Agreed in the change meeting.')
  const commit = sheet.getByRole('button', { name: 'Approve' })
  await hand.examine(commit)
  await hand.press(commit)
  const { status, body } = await waiting
  expect({ status, by: body.authorized_by }).toEqual({ status: 200, by: 'approval' })

  await page.getByText('This was approved, and the approval was used.').waitFor()
  await page.getByText('Agreed in the change meeting.').waitFor()
  const result = { json: { status: 'succeeded' } }
  await agent.send('POST', `/api/executions/${body.execution_id}/result`, result)
  await page.reload()
  await page.getByText('Succeeded').waitFor()
  await page.getByRole('button', { name: 'Approve …' }).waitFor({ state: 'detached' })
  const again = await check(agent, 'deploy_production', context)
  expect(again.status).toBe(202)
  await agent.send('POST', `/api/approvals/${again.body.approval_id}/cancel`)
})

test('a denial needs its reason, and whoever asked reads it', async () => {
  const { page, agent } = await openApprovals()
  const waiting = check(agent, 'wipe_database', { name: 'orders' }, { wait_s: 50 })
  await page.getByRole('link', { name: 'wipe_database' }).click()
  await page.getByRole('button', { name: 'Deny …' }).click()
  const sheet = page.getByRole('dialog', { name: 'Deny this?' })
  await expect(
    sheet.getByRole('button', { name: 'Deny' }).getAttribute('aria-disabled'),
  ).resolves.toBe('true')
  await sheet.getByLabel('Why not?').fill('Orders are kept for ten years.')
  await sheet.getByRole('button', { name: 'Deny' }).click()
  await page.getByText('A person denied this.').waitFor()
  const { status, body } = await waiting
  expect({ status, code: body.code }).toEqual({ status: 403, code: 'denied_by_human' })
  expect(body.detail).toContain('Orders are kept for ten years.')
})

test.each(
  hands,
)('%s a request that expires under the reader’s eyes can no longer be answered', async (way, hand) => {
  const { page, agent } = await openApprovals()
  const { body } = await check(agent, 'rotate_keys', { ring: way }, { ttl_s: 3600 })
  await page.clock.install()
  await page.goto(`/console/approvals/${body.approval_id}`)
  await hand.press(page.getByRole('button', { name: 'Approve …' }))
  const sheet = page.getByRole('dialog', { name: 'Approve this?' })
  await hand.fill(sheet.getByLabel('Comment'), 'Fine by me.')
  await service().db.$client`
      UPDATE approvals SET expires_at = clock_timestamp() WHERE id = ${body.approval_id}`
  await page.clock.fastForward('01:00:00')
  await page.getByText('This ended while you were looking at it.').waitFor()
  await sheet.waitFor({ state: 'detached' })
  await page.getByText('Nobody answered in time.').waitFor()
  await page.getByRole('button', { name: 'Approve …' }).waitFor({ state: 'detached' })
  await hand.examine(page.getByRole('link', { name: 'Approvals' }).first())
  const { body: answer } = await agent.send('GET', `/api/approvals/${body.approval_id}`)
  expect(answer).toMatchObject({ status: 'expired', decided_by: 'system:timeout' })
})

test('whoever asked cannot answer, and can take the request back', async () => {
  const admin = await service().asAdmin()
  const { body } = await check(admin, 'publish_package', { name: 'left-pad' })
  const page = await openAs()
  await page.goto(`/console/approvals/${body.approval_id}`)
  const approve = page.getByRole('button', { name: 'Approve …' })
  await approve.waitFor()
  expect(await approve.getAttribute('aria-disabled')).toBe('true')
  await page.getByRole('button', { name: 'Take the request back' }).click()
  await page.getByText('This was taken back before anybody answered.').waitFor()
})

/** The list of what waits, before an admin; and an agent of somebody else’s that may ask. */
async function openApprovals() {
  const agent = await service().asAgentOf(await service().asSomebody())
  const page = await openAs()
  await page.goto('/console/approvals')
  return { agent, page }
}
