import { approve, block, status } from '@countersign/demo/model-replies'
import { expect, test } from 'vitest'
import { expectAccessible } from '../support/axe.ts'
import { aSkill, type Files } from '../support/bundles.ts'
import { aHookedPlugin } from '../support/console-bundles.ts'
import { openConsole, useBrowser } from '../support/open-console.ts'
import { keepScreenshot } from '../support/screenshot.ts'
import type { Person } from '../support/start-service.ts'

useBrowser()

/** What the screen has to say of each status: the word, what happened, and who acts next. */
const told = {
  'house-style': ['Approved', 'was approved and is live', 'Nobody has to do anything'],
  'fast-deploy': ['Blocked by review', 'The reviewer model blocked', 'The submitter acts next'],
  'no-manifest': ['Blocked by checks', 'The checks blocked', 'The submitter acts next'],
  'meeting-notes': ['Review failed', 'ended without a verdict', 'An admin acts next'],
  'tax-tables': ['Overridden', 'published version 1 against its verdict', 'Nobody has to'],
  'old-habits': ['Rejected', 'An admin rejected', 'The submitter acts next'],
  'second-thoughts': ['Withdrawn', 'The owner took version 1 back', 'Nobody has to do anything'],
  'report-tools': ['Needs a person', 'needs a person to decide', 'An admin other than'],
  'price-list': ['Held', 'reviews are paused', 'An operator acts next'],
} as const

test('whoever has never seen it can tell of each status what happened, why, and who acts next', async () => {
  const { service, openAs } = await openConsole({
    env: { HUMAN_REVIEW_FOR: 'hooks,flagged' },
    script: ({ user }) => {
      if (/fast-deploy|tax-tables/.test(user)) return block({ line: 8 })
      return /meeting-notes|old-habits/.test(user) ? status(400) : approve()
    },
  })
  const [submitter, admin] = [await service.asSomebody(), await service.asAdmin()]
  const ids = new Map<string, string>()
  const send = async (name: string, files: Files = aSkill({ name }), fields = {}) => {
    const id = await submit(submitter, files, fields)
    ids.set(name, id)
    await service.untilSettled(
      submitter,
      id,
      (it) => it.status !== 'pending_llm' || it.hold_reason !== null,
    )
  }
  const decide = (name: string, verb: string) =>
    admin.send('POST', `/api/admin/store/submissions/${ids.get(name)}/${verb}`, {
      json: { reason: 'As agreed with its author.' },
    })
  for (const name of ['house-style', 'fast-deploy', 'meeting-notes', 'tax-tables', 'old-habits']) {
    await send(name)
  }
  await send('no-manifest', { 'SKILL.md': '---\nname: no-manifest\n---\n\nToo short.\n' })
  await send('report-tools', aHookedPlugin(), { type: 'plugin' })
  await decide('tax-tables', 'override')
  await decide('old-habits', 'reject')
  await admin.send('POST', '/api/admin/ops/pause')
  await send('second-thoughts')
  const back = `/api/store/submissions/${ids.get('second-thoughts')}/withdraw`
  expect(await submitter.send('POST', back)).toMatchObject({ status: 200 })
  await send('price-list')

  const page = await openAs()
  await page.goto('/console/queue?view=all')
  for (const [name, [word]] of Object.entries(told)) {
    await page.getByRole('row', { name }).getByText(word, { exact: true }).waitFor()
  }
  await expectAccessible(page)
  await keepScreenshot(page, 'queue')
  for (const [name, [, what, next]] of Object.entries(told)) {
    await page.goto(`/console/submissions/${ids.get(name)}`)
    await page.locator('.state').getByText(what).waitFor()
    expect(await page.locator('.state').textContent()).toContain(next)
  }
  const own = await openAs(submitter)
  await own.goto(`/console/submissions/${ids.get('old-habits')}?tab=thread`)
  await own.getByText('The reason given: “As agreed with its author.”').waitFor()
  await own.getByText('You act next: change it and send it again.').waitFor()
  await own.getByText('An admin rejected it').waitFor()
  await expectAccessible(own)
})

async function submit(person: Person, files: Files, fields: Record<string, string>) {
  const { body } = await person.submit(files, fields)
  return body.submission_id ?? body.submission.id
}
