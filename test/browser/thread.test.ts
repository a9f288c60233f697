import { expect, test } from 'vitest'
import { aChattySkill } from '../support/console-bundles.ts'
import { hands } from '../support/hands.ts'
import { aThinSkill } from '../support/obedient-model.ts'
import { shareConsole } from '../support/open-console.ts'
import { keepScreenshot } from '../support/screenshot.ts'

const { service, openAs } = shareConsole({ env: { HUMAN_REVIEW_FOR: 'hosts' } })

test.each(
  hands,
)('%s an admin and the submitter write to each other, and admins keep notes of their own', async (way, hand) => {
  const ada = await service().asSomebody()
  const name = `talked-of-${way.replaceAll(' ', '-')}`
  const { body } = await ada.submit(aChattySkill({ name }))
  const { id } = body.submission
  await service().untilSettled(ada, id)
  const [page, own] = [await openAs(), await openAs(ada)]
  await page.goto(`/console/submissions/${id}?tab=findings`)
  await own.goto(`/console/submissions/${id}?tab=thread`)
  await own.getByText('Nobody has said anything yet').waitFor()

  const list = page.getByRole('tabpanel', { name: /^Findings/ })
  await hand.press(list.getByRole('button', { name: /^Comment on/ }).first())
  const thread = page.getByRole('tabpanel', { name: /^Thread/ })
  await thread.getByText(/^About/).waitFor()
  await hand.fill(thread.getByLabel('Comment'), 'Whose licence is this?')
  await hand.press(thread.getByRole('button', { name: 'Send' }))
  await thread.getByText('Whose licence is this?').waitFor()
  await hand.pick(thread.getByLabel('Who reads it'), 'Only admins: a note')
  await hand.fill(thread.getByLabel('Comment'), 'Known author, see the wiki.')
  await hand.press(thread.getByRole('button', { name: 'Keep the note' }))
  await thread.getByText('Note: only admins read it').waitFor()

  await own.getByText('Whose licence is this?').waitFor()
  await own.getByRole('button', { name: /SKILL\.md/ }).waitFor()
  await hand.fill(own.getByLabel('Comment'), 'Mine: MIT.')
  await hand.press(own.getByRole('button', { name: 'Send' }))
  await own.getByText('Mine: MIT.').waitFor()
  expect(await own.getByText('Known author').count()).toBe(0)
  await thread.getByText('Mine: MIT.').waitFor()
  await hand.examine(thread.getByRole('button', { name: /SKILL\.md/ }))
  await keepScreenshot(page, 'submission-thread')
  await page.getByRole('button', { name: 'Approve' }).waitFor()
  expect(await page.getByText('This submission changed').count()).toBe(0)
})

test.each(
  hands,
)('%s who was refused asks for another look, and an admin finds it until it is answered', async (_, hand) => {
  const submitter = await service().asSomebody()
  const { body } = await submitter.submit(aThinSkill('too-thin'))
  const own = await openAs(submitter)
  await own.goto('/console/mine')
  const row = own.getByRole('listitem').filter({ hasText: 'too-thin v1' })
  const report = row.getByRole('link', { name: 'SARIF' })
  expect(await report.getAttribute('href')).toContain(`${body.submission_id}/report?format=sarif`)
  await hand.press(row.getByRole('button', { name: 'Ask for another look at too-thin v1' }))
  const dialog = own.getByRole('dialog', { name: 'Ask for another look: too-thin v1' })
  await hand.fill(dialog.getByLabel('Why the refusal is wrong'), 'It does little.')
  const ask = dialog.getByRole('button', { name: 'Ask' })
  await hand.examine(ask)
  await keepScreenshot(own, 'appeal')
  await hand.press(ask)
  await row.getByText(/You asked for another look .* ago\. An admin acts next\./).waitFor()
  await hand.examine(report)

  const page = await openAs()
  await page.goto(`/console/queue?submitter=${submitter.email}`)
  await hand.press(page.getByRole('link', { name: 'Appeals' }))
  const found = page.getByRole('row', { name: /too-thin/ })
  await found.getByText('asks for another look').waitFor()
  await page.getByRole('button', { name: /now: Live/ }).waitFor()
  const admin = await service().asAdmin()
  await admin.send('POST', `/api/admin/store/submissions/${body.submission_id}/comments`, {
    json: { text: 'Then say at least what.' },
  })
  await found.getByText('no longer in this view').waitFor()
  await own.goto('/console/mine')
  await row.getByRole('button', { name: /Ask for another look/ }).waitFor()
})
