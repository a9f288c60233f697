import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { expectAccessible } from '../support/axe.ts'
import { aSkill } from '../support/bundles.ts'
import { aChattySkill } from '../support/console-bundles.ts'
import { hands } from '../support/hands.ts'
import { shareConsole } from '../support/open-console.ts'
import { keepScreenshot } from '../support/screenshot.ts'
import type { Person } from '../support/start-service.ts'

const { service, openAs } = shareConsole({
  env: { HUMAN_REVIEW_FOR: 'all', HELD_TARGET_HOURS: '8' },
})

/** Three skills of one person that wait for somebody to decide, and the queue of that person's. */
async function openWithThree(search = '') {
  const submitter = await service().asSomebody()
  const ids: string[] = []
  for (const name of ['first-skill', 'second-skill', 'third-skill']) {
    ids.push(await submit(submitter, name))
  }
  for (const id of ids) await service().untilSettled(submitter, id)
  const page = await openAs()
  await page.goto(`/console/queue?submitter=${submitter.email}${search}`)
  await page.getByRole('link', { name: 'third-skill' }).waitFor()
  return { page, submitter, ids }
}

async function submit(submitter: Person, name: string): Promise<string> {
  const { body } = await submitter.submit(aSkill({ name }))
  return body.submission.id
}

test('many are rejected at once, each for itself: what changed meanwhile says so', async () => {
  const { page, ids } = await openWithThree()
  await page.getByRole('button', { name: /Pause live updates/ }).click()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  await page.getByText('3 submissions selected').waitFor()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Reject' }).click()
  const dialog = page.getByRole('dialog', { name: 'Reject: 3 submissions' })
  await dialog.getByLabel('Reason').fill('Not documented.')
  const admin = await service().asAdmin()
  await admin.send('POST', `/api/admin/store/submissions/${ids[1]}/reject`, {
    json: { reason: 'Decided elsewhere.' },
  })
  await dialog.getByRole('button', { name: 'Reject' }).click()
  await dialog.getByText('2 done, 1 not.').waitFor()
  const line = dialog.getByRole('listitem').filter({ hasText: 'second-skill' })
  await line.getByText(/changed/i).waitFor()
  await expectAccessible(page)
  await keepScreenshot(page, 'queue-bulk')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await page.getByText('1 submission selected').waitFor()
})

test.each(
  hands,
)('%s what has the same bytes is approved at once, after reading what each gains; nothing else is', async (_, hand) => {
  const name = `shared-${randomUUID().slice(0, 8)}`
  const bundles = [aSkill({ name: `${name}-else` }), aChattySkill({ name }), aChattySkill({ name })]
  const sent: { submitter: Person; id: string }[] = []
  for (const files of bundles) {
    const submitter = await service().asSomebody()
    const { body } = await submitter.submit(files)
    await service().untilSettled(submitter, body.submission.id)
    sent.push({ submitter, id: body.submission.id })
  }
  const page = await openAs()
  await page.goto(`/console/queue?q=${name}`)
  const boxes = page.getByRole('checkbox', { name: /^Select shared-/ })
  await boxes.nth(2).waitFor()
  for (const place of [0, 1, 2]) await hand.press(boxes.nth(place))
  const approve = page.getByRole('button', { name: 'Approve' })
  await page.getByText('3 submissions selected').waitFor()
  expect(await approve.getAttribute('aria-disabled')).toBe('true')
  await hand.press(page.getByRole('checkbox', { name: `Select ${name}-else v1` }))
  await hand.press(approve)

  const dialog = page.getByRole('dialog', { name: 'Approve: 2 submissions' })
  await dialog.getByText('All of them have the same bytes').waitFor()
  const lines = dialog.getByRole('listitem').filter({ hasText: 'Gains Hosts: figures.example.com' })
  expect(await lines.count()).toBe(2)
  const commit = dialog.getByRole('button', { name: 'Approve' })
  expect(await commit.getAttribute('aria-disabled')).toBe('true')
  await hand.press(dialog.getByLabel('I have read what each of them gains'))
  await hand.examine(commit)
  await keepScreenshot(page, 'queue-bulk-approve')
  await hand.press(commit)
  await dialog.getByText('2 done, 0 not.').waitFor()
  const statuses = await Promise.all(
    sent.map(async ({ submitter, id }) => (await service().untilSettled(submitter, id)).status),
  )
  expect(statuses).toEqual(['needs_human', 'approved', 'approved'])
})

test.each(
  hands,
)('%s a submission is claimed, others see by whom, and it is found among what one has claimed', async (_, hand) => {
  const { page, submitter, ids } = await openWithThree()
  const other = await openAs(await service().asSomebody('admin'))
  await other.goto(`/console/queue?submitter=${submitter.email}&claimed=nobody`)
  await hand.press(page.getByRole('link', { name: 'second-skill' }))
  await hand.press(page.getByRole('button', { name: 'Claim' }))
  await page.getByText('claimed by you').waitFor()
  await hand.examine(page.getByRole('button', { name: 'Release' }))
  const row = other.getByRole('row', { name: /second-skill/ })
  await row.getByText('no longer in this view').waitFor()
  await other.goto(`/console/submissions/${ids[1]}`)
  await other.getByText(/claimed by admin/).waitFor()

  await page.goto(`/console/queue?submitter=${submitter.email}`)
  await hand.pick(page.getByLabel('Claimed by'), 'me')
  await page.getByRole('link', { name: 'first-skill' }).waitFor({ state: 'detached' })
  await page
    .getByRole('row', { name: /second-skill/ })
    .getByText('claimed by you')
    .waitFor()
  // Letters mean nothing to the page as long as the focus is in a field.
  await page.keyboard.press('Tab')
  await page.keyboard.press('j')
  await page.keyboard.press('c')
  await page.getByText('second-skill is nobody’s now.').waitFor()
})

test('a filter is saved as a view, leads back to itself, and is forgotten', async () => {
  const { page, submitter } = await openWithThree()
  await page.getByLabel('Name, submission or hash').fill('second')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'third-skill' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Save this view' }).click()
  await page.getByLabel('Name of the view').fill('The second ones')
  await page.getByRole('button', { name: 'Save it' }).click()
  await page.getByRole('link', { name: /^All/ }).click()
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByRole('link', { name: 'third-skill' }).first().waitFor()
  await page.reload()
  await page.getByRole('link', { name: 'The second ones' }).click()
  await page.getByRole('link', { name: 'third-skill' }).first().waitFor({ state: 'detached' })
  expect(new URL(page.url()).searchParams.get('submitter')).toBe(submitter.email)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Forget “The second ones”' }).click()
  await page.getByRole('button', { name: 'Save this view' }).waitFor()
})

test('a rejection is undone by a key, as a decision of its own', async () => {
  const { page, submitter, ids } = await openWithThree('&type=skill')
  await page.getByRole('link', { name: 'third-skill' }).click()
  await page.getByRole('heading', { name: 'third-skill v1' }).waitFor()
  await page.keyboard.press('f')
  await page.getByLabel('Reason').fill('By mistake.')
  await page.keyboard.press('Control+Enter')
  await page.getByText('An admin rejected version 1.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  await page.keyboard.press('z')
  await page.getByText('third-skill v1 is in review again.').waitFor()
  const again = await service().untilSettled(submitter, ids[2] ?? '')
  expect(again.status).toBe('needs_human')
  await page.keyboard.press('u')
  await page.getByRole('link', { name: 'second-skill' }).waitFor()
  expect(new URL(page.url()).searchParams.get('submitter')).toBe(submitter.email)
})

test('what comes in waits above the rows until it is asked for, and no row moves', async () => {
  const { page, submitter } = await openWithThree('&view=all')
  const names = () => page.locator('.row-link').allTextContents()
  await page.getByRole('button', { name: /now: Live/ }).waitFor()
  const before = await names()
  await service().untilSettled(submitter, await submit(submitter, 'fourth-skill'))
  await page.getByRole('button', { name: '1 new item: show' }).waitFor()
  expect(await names()).toEqual(before)
  await expectAccessible(page)
  await page.getByRole('button', { name: '1 new item: show' }).click()
  await page.getByRole('link', { name: 'fourth-skill' }).waitFor()
  expect(await names()).toEqual(['fourth-skill', ...before])
})

test('in turbo mode a decision leads to the next one of the same query, by keyboard alone', async () => {
  const { page, submitter, ids } = await openWithThree('&type=skill')
  // What other tests left behind is as old: the oldest counts.
  await service().db.$client`
    update submissions set created_at = now() - interval '20 hours' where id <= ${ids[0] ?? ''}`
  await page.reload()
  await page.getByText('is 20 h old (target 8 h).').waitFor()
  const late = page.getByRole('row', { name: /first-skill/ })
  await late.getByText('late by 12 h').waitFor()
  await page
    .getByRole('row', { name: /third-skill/ })
    .getByText('due in 7 h')
    .waitFor()
  await expectAccessible(page)
  await keepScreenshot(page, 'queue-late')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'third-skill v1' }).waitFor()
  await page.getByLabel('Turbo').focus()
  await page.keyboard.press('Space')
  for (const [name, next] of [
    ['third-skill v1', 'second-skill v1'],
    ['second-skill v1', 'first-skill v1'],
  ] as const) {
    await page.keyboard.press('a')
    await page.getByRole('dialog', { name: `Approve: ${name}` }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: next }).waitFor()
  }
  await page.keyboard.press('f')
  await page.getByLabel('Reason').fill('No licence.')
  await page.keyboard.press('Control+Enter')
  await page.getByText('That was the last one.').waitFor()
  await page.getByText('Nothing fits this filter').waitFor()
  await expectAccessible(page)
  const statuses = await Promise.all(
    ids.map(async (id) => (await service().untilSettled(submitter, id)).status),
  )
  expect(statuses).toEqual(['rejected', 'approved', 'approved'])
})
