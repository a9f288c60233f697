import { approve, block } from '@countersign/demo/model-replies'
import { expect, test } from 'vitest'
import { aSkill, type Files } from '../support/bundles.ts'
import { aChattySkill, aHookedPlugin } from '../support/console-bundles.ts'
import { hands } from '../support/hands.ts'
import { shareConsole } from '../support/open-console.ts'
import { keepScreenshot } from '../support/screenshot.ts'

const { service, openAs } = shareConsole({
  env: { HUMAN_REVIEW_FOR: 'hooks,hosts,flagged' },
  script: ({ user }) => (/stopped-/.test(user) ? block({ line: 8 }) : approve()),
})

/** Something of an admin's that the review is over for, and the window of another admin. */
async function openReviewed(files: Files, fields: Record<string, string> = {}) {
  const submitter = await service().asSomebody('admin')
  const { body: entity } = await submitter.submit(files, fields)
  await service().untilSettled(submitter, entity.submission.id)
  const other = await service().asSomebody('admin')
  return { submitter, entity, id: entity.submission.id, other, page: await openAs(other) }
}

test.each(
  hands,
)('%s another admin overrides what the model blocked, with a reason', async (way, hand) => {
  const name = `stopped-${way.replaceAll(' ', '-')}`
  const { submitter, entity, id, other, page } = await openReviewed(aSkill({ name }))
  await page.goto('/console/queue?view=blocked')
  await hand.press(page.getByRole('link', { name }))
  await page.getByText('The reviewer model blocked version 1.').waitFor()
  await page.getByText('The submitter acts next').waitFor()
  await page.locator('.code .finding').getByText('Downloads a program and runs it.').waitFor()
  await keepScreenshot(page, 'submission-blocked')

  const override = page.getByRole('button', { name: 'Override' })
  const dialog = page.getByRole('dialog', { name: `Override: ${name} v1` })
  await hand.press(override)
  const commit = dialog.getByRole('button', { name: 'Override' })
  const effect =
    'Installers will get version 1; nobody has it installed, whatever its verdict says.'
  await dialog.getByText(effect).waitFor()
  await hand.fill(dialog.getByLabel('Reason'), 'no')
  expect(await commit.getAttribute('aria-disabled')).toBe('true')
  await hand.pick(dialog.getByLabel('Why'), 'False positive')
  expect(await dialog.getByLabel('Reason').inputValue()).toBe('no')
  await hand.fill(dialog.getByLabel('Reason'), 'The download is the documented installer.')
  await hand.examine(commit)
  await hand.press(commit)
  await page.getByText('An admin published version 1 against its verdict.').waitFor()
  await page.getByText('“The download is the documented installer.”').first().waitFor()
  await hand.press(page.getByRole('tab', { name: 'Thread' }))
  await page.getByText('False positive').waitFor()
  const served = await submitter.send('GET', `/api/store/entities/${entity.id}`)
  expect(served.body).toMatchObject({ visibility_status: 'approved', version_no: 1 })
  const { body } = await submitter.send('GET', `/api/store/submissions/${id}`)
  expect(body.override.by).toBe(other.id)
})

test('a phone does not override, and says where that can be done', async () => {
  const { id, other } = await openReviewed(aSkill({ name: 'stopped-far-away' }))
  const page = await openAs(other, 'phone')
  await page.goto(`/console/submissions/${id}`)
  await page.getByText('Override is for a wider screen').waitFor()
  expect(await page.getByRole('button', { name: 'Override' }).count()).toBe(0)
  await page.keyboard.press('o')
  await page.keyboard.press('i')
  await page.getByRole('dialog', { name: 'Rescan: stopped-far-away v1' }).waitFor()
  expect(await page.getByRole('dialog').count()).toBe(1)
})

test.each(hands)('%s what a version gains is read before it is approved', async (way, hand) => {
  const name = `tools-${way.replaceAll(' ', '-')}`
  const { page } = await openReviewed(aHookedPlugin({ name }), { type: 'plugin' })
  await page.goto('/console')
  await hand.press(page.getByRole('link', { name }))
  await page.getByText('needs a person to decide').waitFor()
  const facts = page.getByRole('tabpanel', { name: 'Capabilities' })
  await facts.getByText('run by themselves on an event').waitFor()
  await facts.getByText(/PostToolUse/).waitFor()
  await keepScreenshot(page, 'submission-needs-human')

  await hand.press(page.getByRole('button', { name: 'Approve' }))
  const dialog = page.getByRole('dialog')
  const commit = dialog.getByRole('button', { name: 'Approve' })
  expect(await commit.getAttribute('aria-disabled')).toBe('true')
  await keepScreenshot(page, 'approve')
  await hand.press(dialog.getByLabel('I have read what this version gains'))
  await hand.examine(commit)
  await hand.press(commit)
  await page.getByText('Version 1 was approved and is live.').waitFor()
  await hand.press(page.getByRole('tab', { name: 'Timeline' }))
  await page.getByText('approved it').waitFor()
})

test.each(
  hands,
)('%s a kind of reason brings its words and the places that were found, for the submitter', async (way, hand) => {
  const name = `nameless-${way.replaceAll(' ', '-')}`
  const { submitter, id, page } = await openReviewed(aChattySkill({ name }))
  await page.goto(`/console/submissions/${id}`)
  await hand.press(page.getByRole('button', { name: 'Reject' }))
  const dialog = page.getByRole('dialog')
  const reason = dialog.getByLabel('Reason')
  await hand.pick(dialog.getByLabel('Why'), 'Unclear origin')
  expect(await reason.inputValue()).toMatch(/^It is not clear whose work this is.*passed on\.$/)
  await hand.pick(dialog.getByLabel('Why'), 'Poor quality')
  expect(await reason.inputValue()).toMatch(/^The bundle is not ready.*\n- .*SKILL\.md: license/)
  await hand.examine(dialog.getByRole('button', { name: 'Reject' }))
  await keepScreenshot(page, 'reject')
  await hand.press(dialog.getByRole('button', { name: 'Reject' }))
  await page.getByText('An admin rejected version 1.').waitFor()
  const { body } = await submitter.send('GET', `/api/store/submissions/${id}`)
  expect(body.thread).toMatchObject([{ reason_code: 'poor_quality' }])
  const own = await openAs(submitter)
  await own.goto(`/console/submissions/${id}?tab=thread`)
  await own.getByText('Poor quality').waitFor()
  await own
    .getByText(/^The bundle is not ready[\s\S]*license/)
    .last()
    .waitFor()
})

test.each(
  hands,
)('%s of two admins who decide at once one is told that it changed, and decides nothing', async (way, hand) => {
  const name = `chatty-${way.replaceAll(' ', '-')}`
  const { id, page: first } = await openReviewed(aChattySkill({ name }))
  const second = await openAs()
  for (const page of [first, second]) {
    await page.goto(`/console/submissions/${id}`)
    await hand.press(page.getByRole('button', { name: 'Reject' }))
    await hand.fill(page.getByLabel('Reason'), 'It names a host that nobody knows.')
  }
  const commitOf = (page: typeof first) =>
    page.getByRole('dialog').getByRole('button', { name: 'Reject' })
  await hand.press(commitOf(first))
  await first.getByText('An admin rejected version 1.').waitFor()
  await second.getByText('This submission changed while you were looking at it.').waitFor()
  await hand.press(commitOf(second))
  await second.getByText('Somebody was faster').waitFor()
  const reject = second.getByRole('button', { name: 'Reject' })
  expect(await reject.getAttribute('aria-disabled')).toBe('true')
  await hand.examine(second.getByRole('button', { name: 'Reload' }))
  await keepScreenshot(second, 'submission-stale')
  await hand.press(second.getByRole('button', { name: 'Reload' }))
  await second.getByText('An admin rejected version 1.').waitFor()
  expect(await reject.count()).toBe(0)
})
