import { approve, block, inTurn } from '@countersign/demo/model-replies'
import { expect, test } from 'vitest'
import { expectAccessible } from '../support/axe.ts'
import { aSkill, zip } from '../support/bundles.ts'
import { openConsole, useBrowser } from '../support/open-console.ts'
import { keepScreenshot } from '../support/screenshot.ts'

useBrowser()

test('an owner edits, learns why the edit failed, and brings an old version back', async () => {
  const { service, openAs } = await openConsole({
    script: inTurn(approve(), approve(), block(), approve()),
  })
  const owner = await service.asSomebody()
  const { body: entity } = await owner.submit(aSkill({ note: 'One.' }))
  await service.untilSettled(owner, entity.submission.id)
  const page = await openAs(owner)
  const path = `/console/entities/${entity.id}`
  const upload = async (note: string) => {
    await page.goto(`${path}/edit`)
    await page.getByLabel('New version').setInputFiles({
      name: 'bundle.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from(await zip(aSkill({ note }))),
    })
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Versions' }).waitFor()
  }

  await upload('Two.')
  await page.getByRole('row', { name: /v2 Live/ }).waitFor()
  await keepScreenshot(page, 'entity-edit')
  await upload('Three.')
  await page.getByText('Latest edit failed review').waitFor()
  await page.getByText('The bundle runs what it downloads.').waitFor()
  await page.getByText('previously approved version (v2)').waitFor()
  await expectAccessible(page)
  await keepScreenshot(page, 'entity')

  await page.getByRole('button', { name: 'Restore v1' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('row', { name: /v4 Live restored from v1/ }).waitFor()
  await page.getByRole('link', { name: 'Review of v4' }).click()
  await page.getByText('Version 4 was approved and is live.').waitFor()
  await expectAccessible(page)
})

test('while a review is in flight its entity is not edited, and a stranger finds nothing', async () => {
  const { service, openAs } = await openConsole({ withWorker: false })
  const owner = await service.asSomebody()
  const { body: entity } = await owner.submit()
  const path = `/console/entities/${entity.id}`
  const page = await openAs(owner)
  await page.goto(path)
  await page.getByRole('button', { name: 'Edit: review in flight' }).waitFor()
  await page.getByText('Review in flight: version 1').waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'See version 1' }).click()
  await page.getByRole('button', { name: 'Withdraw' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
  await page.getByText('The owner took version 1 back.').waitFor()

  const stranger = await openAs(await service.asSomebody())
  for (const lost of [path, `${path}/edit`, `/console/submissions/${entity.submission.id}`]) {
    await stranger.goto(lost)
    await stranger.getByText('It does not exist, or it is not yours to see.').waitFor()
  }
  await expectAccessible(stranger)
  await keepScreenshot(stranger, 'not-yours')
})

test('what is archived is served to nobody, and says so', async () => {
  const { service, openAs } = await openConsole()
  const owner = await service.asSomebody()
  const { body: entity } = await owner.submit()
  await service.untilSettled(owner, entity.submission.id)
  const page = await openAs(owner)
  await page.goto(`/console/entities/${entity.id}`)
  await page.getByRole('button', { name: 'Archive' }).click()
  const dialog = page.getByRole('dialog', { name: 'Archive report-checker' })
  await dialog.getByText('Its name becomes free.').waitFor()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Archive it' }).click()
  await page.getByText('Nobody is served it, and its name is free.').waitFor()
  expect(await page.getByRole('button', { name: 'Archive' }).count()).toBe(0)
  const stranger = await service.asSomebody()
  expect((await stranger.send('GET', `/api/store/entities/${entity.id}`)).status).toBe(404)
})
