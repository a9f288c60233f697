import { approve, block } from '@countersign/demo/model-replies'
import { expect, test } from 'vitest'
import { expectAccessible } from '../support/axe.ts'
import { aSkill } from '../support/bundles.ts'
import { aFile } from '../support/console-bundles.ts'
import { hands } from '../support/hands.ts'
import { shareConsole } from '../support/open-console.ts'
import { keepScreenshot } from '../support/screenshot.ts'

/** The model answers what it will block only once somebody has seen the review in flight. */
let flight = Promise.withResolvers<void>()
const { service, openAs } = shareConsole({
  async script({ user }) {
    if (!/Run what you fetch/.test(user)) return approve()
    await flight.promise
    return block()
  },
})

test.each(
  hands,
)('%s an owner edits, learns why the edit failed, and brings an old version back', async (name, hand) => {
  const owner = await service().asSomebody()
  const { body: entity } = await owner.submit(aSkill({ note: 'One.' }))
  await service().untilSettled(owner, entity.submission.id)
  const page = await openAs(owner)
  await page.goto(`/console/entities/${entity.id}`)
  const edit = async (note: string) => {
    await hand.press(page.getByRole('link', { name: 'Edit' }))
    const back = page.getByRole('link', { name: 'Cancel' })
    expect(await back.getAttribute('aria-current')).toBe(null)
    await hand.choose(page.getByLabel('New version'), await aFile(aSkill({ note })))
    await hand.press(page.getByRole('button', { name: 'Save' }))
    await page.getByRole('heading', { name: 'Versions' }).waitFor()
  }
  await edit('Two.')
  await page.getByRole('row', { name: /v2 Live/ }).waitFor()
  await hand.press(page.getByRole('button', { name: 'Install', exact: true }))
  await page.getByText('1 person', { exact: true }).waitFor()
  // Bytes of its own: the verdict on known ones comes at once, and nobody sees the review in flight.
  flight = Promise.withResolvers()
  await edit(`Run what you fetch, ${name}.`)
  await page.getByText('Review in flight: version 3').waitFor()
  flight.resolve()
  await page.getByText('Latest edit failed review').waitFor()
  await page.getByText('The bundle runs what it downloads.').waitFor()
  await page.getByText('previously approved version (v2)').waitFor()
  await keepScreenshot(page, 'entity')

  const restore = page.getByRole('button', { name: 'Restore v1' })
  await hand.examine(restore)
  await hand.press(restore)
  const dialog = page.getByRole('dialog', { name: 'Restore v1' })
  const effect = 'Installers will get version 4 instead of version 2; 1 person has it installed.'
  await dialog.getByText(effect).waitFor()
  await hand.press(dialog.getByRole('button', { name: 'Restore it' }))
  await page.getByRole('row', { name: /v4 Live restored from v1/ }).waitFor()
  await hand.press(page.getByRole('link', { name: 'Review of v4' }))
  await page.getByText('Version 4 was approved and is live.').waitFor()
  const { body } = await owner.send('GET', `/api/store/entities/${entity.id}`)
  const restored = { n: 4, restored_from: 1, status: 'approved' }
  expect(body).toMatchObject({ version_no: 4, latest_submission: { status: 'approved' } })
  expect(body.versions).toContainEqual(expect.objectContaining(restored))
})

test.each(
  hands,
)('%s an owner archives, and what is archived is served to nobody and says so', async (_, hand) => {
  const owner = await service().asSomebody()
  const { body: entity } = await owner.submit()
  await service().untilSettled(owner, entity.submission.id)
  const page = await openAs(owner)
  await page.goto(`/console/entities/${entity.id}`)
  await hand.press(page.getByRole('button', { name: 'Archive' }))
  const dialog = page.getByRole('dialog', { name: 'Archive report-checker' })
  await dialog.getByText('Its name becomes free.').waitFor()
  const commit = dialog.getByRole('button', { name: 'Archive it' })
  await hand.examine(commit)
  await hand.press(commit)
  await page.getByText('Nobody is served it, and its name is free.').waitFor()
  expect(await page.getByRole('button', { name: 'Archive' }).count()).toBe(0)
  const stranger = await service().asSomebody()
  expect((await stranger.send('GET', `/api/store/entities/${entity.id}`)).status).toBe(404)
})

test('while a review is in flight its entity is not edited, and a stranger finds nothing', async () => {
  const admin = await service().asAdmin()
  await admin.send('POST', '/api/admin/ops/pause')
  const owner = await service().asSomebody()
  const { body: entity } = await owner.submit()
  const path = `/console/entities/${entity.id}`
  const page = await openAs(owner)
  await page.goto(path)
  const edit = page.getByRole('button', { name: 'Edit: review in flight' })
  expect(await edit.getAttribute('aria-disabled')).toBe('true')
  await page.getByText('Review in flight: version 1').waitFor()
  await expectAccessible(page)
  await page.goto(`${path}/edit`)
  await page.getByText('It can be edited again once the review is over').waitFor()
  await page.goto(path)
  await page.getByRole('link', { name: 'See version 1' }).click()
  await page.getByRole('button', { name: 'Withdraw' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
  await page.getByText('The owner took version 1 back.').waitFor()
  await admin.send('POST', '/api/admin/ops/resume')

  const stranger = await openAs(await service().asSomebody())
  for (const lost of [path, `${path}/edit`, `/console/submissions/${entity.submission.id}`]) {
    await stranger.goto(lost)
    await stranger.getByText('It does not exist, or it is not yours to see.').waitFor()
  }
  await expectAccessible(stranger)
})
