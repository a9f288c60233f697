import { approve, block } from '@countersign/demo/model-replies'
import { expect, test } from 'vitest'
import { expectAccessible } from '../support/axe.ts'
import { aSkill } from '../support/bundles.ts'
import { aChattySkill, aHookedPlugin } from '../support/console-bundles.ts'
import { openConsole, useBrowser } from '../support/open-console.ts'
import { keepScreenshot } from '../support/screenshot.ts'

useBrowser()

test('an admin overrides what the model blocked, with a reason, by keyboard', async () => {
  const line = { file: 'SKILL.md', line: 8 }
  const { service, openAs } = await openConsole({ script: block(line) })
  const submitter = await service.asSomebody()
  const { body: entity } = await submitter.submit(aSkill())
  const { id } = entity.submission
  await service.untilSettled(submitter, id)

  const page = await openAs()
  await page.goto('/console/queue?view=blocked')
  await page.getByRole('link', { name: 'report-checker' }).waitFor()
  await expectAccessible(page)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByText('The reviewer model blocked version 1.').waitFor()
  await page.getByText('The submitter acts next').waitFor()
  await page.getByText('Downloads a program and runs it.').first().waitFor()
  await expectAccessible(page)
  await keepScreenshot(page, 'submission-blocked')

  await page.keyboard.press('o')
  const dialog = page.getByRole('dialog', { name: /Override: report-checker v1/ })
  await dialog.getByText('Installers will get version 1').waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Control+Enter')
  await dialog.getByLabel('Reason').fill('no')
  await page.keyboard.press('Control+Enter')
  expect(await dialog.isVisible()).toBe(true)
  await dialog.getByLabel('Reason').fill('The download is the documented installer.')
  await page.keyboard.press('Control+Enter')
  await page.getByText('An admin published version 1 against its verdict.').waitFor()
  await page.getByText('“The download is the documented installer.”').first().waitFor()
  await expectAccessible(page)
  const { body } = await submitter.send('GET', `/api/store/entities/${entity.id}`)
  expect(body).toMatchObject({ visibility_status: 'approved', version_no: 1 })
})

test('what a version gains is read before it is approved, by mouse', async () => {
  const { service, openAs } = await openConsole({
    script: approve(),
    env: { HUMAN_REVIEW_FOR: 'hooks,hosts,flagged' },
  })
  const submitter = await service.asSomebody()
  const { body: entity } = await submitter.submit(aHookedPlugin(), { type: 'plugin' })
  await service.untilSettled(submitter, entity.submission.id)

  const page = await openAs()
  await page.goto('/console')
  await page.getByRole('link', { name: 'report-tools' }).click()
  await page.getByText('needs a person to decide').waitFor()
  const facts = page.getByRole('tabpanel', { name: 'Capabilities' })
  await facts.getByText('run by themselves on an event').waitFor()
  await facts.getByText(/PostToolUse/).waitFor()
  await expectAccessible(page)
  await keepScreenshot(page, 'submission-needs-human')

  await page.getByRole('button', { name: 'Approve' }).click()
  const dialog = page.getByRole('dialog')
  const commit = dialog.getByRole('button', { name: 'Approve' })
  expect(await commit.getAttribute('aria-disabled')).toBe('true')
  await keepScreenshot(page, 'approve')
  await dialog.getByLabel('I have read what this version gains').check()
  await commit.click()
  await page.getByText('Version 1 was approved and is live.').waitFor()
  await page.getByRole('tab', { name: 'Timeline' }).click()
  await page.getByText('approved it').waitFor()
  await expectAccessible(page)
})

test('of two admins who decide at once one is told that it changed, and decides nothing', async () => {
  const { service, openAs } = await openConsole({ env: { HUMAN_REVIEW_FOR: 'all' } })
  const submitter = await service.asSomebody()
  const { body: entity } = await submitter.submit(aChattySkill())
  const { id } = entity.submission
  await service.untilSettled(submitter, id)
  const colleague = await service.asSomebody('admin')

  const [first, second] = await Promise.all([openAs(), openAs(colleague)])
  for (const page of [first, second]) {
    await page.goto(`/console/submissions/${id}`)
    await page.getByRole('button', { name: 'Reject' }).click()
    await page.getByLabel('Reason').fill('It names a host that nobody knows.')
  }
  await first.keyboard.press('Control+Enter')
  await first.getByText('An admin rejected version 1.').waitFor()
  await second.getByText('This submission changed while you were looking at it.').waitFor()
  await second.keyboard.press('Control+Enter')
  await second.getByText('Somebody was faster').waitFor()
  expect(await second.getByRole('button', { name: 'Reject' }).getAttribute('aria-disabled')).toBe(
    'true',
  )
  await expectAccessible(second)
  await keepScreenshot(second, 'submission-stale')
  await second.getByRole('button', { name: 'Reload' }).click()
  await second.getByText('An admin rejected version 1.').waitFor()
  expect(await second.getByRole('button', { name: 'Reject' }).count()).toBe(0)
})
