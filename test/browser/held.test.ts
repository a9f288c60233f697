import { approve, status } from '@countersign/demo/model-replies'
import { startWorker } from '@countersign/worker/start-worker'
import { expect, onTestFinished, test } from 'vitest'
import { expectAccessible } from '../support/axe.ts'
import { aSkill } from '../support/bundles.ts'
import { hands } from '../support/hands.ts'
import { openConsole, useBrowser } from '../support/open-console.ts'
import { readOn } from '../support/read-on.ts'
import { keepScreenshot } from '../support/screenshot.ts'

useBrowser()

test.each(
  hands,
)('%s what is held for a missing key is found, and goes on when it is retried with one', async (_, hand) => {
  const options = { env: { ANTHROPIC_API_KEY: '' }, withWorker: false }
  const { service, openAs } = await openConsole(options)
  const { config, log } = service
  const keyless = await startWorker(config, log)
  const submitter = await service.asSomebody()
  const { body: entity } = await submitter.submit(aSkill())
  const { id } = entity.submission
  const held = await service.untilSettled(submitter, id, ({ hold_reason: why }) => why !== null)
  expect(held).toMatchObject({ status: 'pending_llm', hold_reason: 'provider_not_ready' })

  const page = await openAs()
  await page.goto('/console/operations')
  await page.getByText(/No reviewer: ANTHROPIC_API_KEY is not set/).waitFor()
  await page.getByText('Not ready').waitFor()
  await keepScreenshot(page, 'operations-held')
  await hand.press(page.getByRole('link', { name: 'Queue' }))
  await hand.press(page.getByRole('link', { name: /^Held/ }))
  await page.getByText('reviewer not ready').waitFor()
  await hand.press(page.getByRole('link', { name: 'report-checker' }))
  await page.getByText('Version 1 is held: there is no reviewer to ask.').waitFor()
  expect(new URL(page.url()).pathname).toBe(`/console/submissions/${id}`)
  await page.getByText('An operator acts next: set the key, then retry.').waitFor()
  await keepScreenshot(page, 'submission-held')

  await keyless.stop()
  const worker = await startWorker({ ...config, ANTHROPIC_API_KEY: 'sk-test-key' }, log)
  onTestFinished(() => worker.stop())
  const retry = 'Ask the model again'
  await hand.press(page.getByRole('button', { name: retry }))
  const commit = page.getByRole('dialog').getByRole('button', { name: retry })
  await hand.examine(commit)
  await hand.press(commit)
  await readOn(page, hand, 'Version 1 was approved and is live.')
  const live = await service.untilSettled(submitter, id)
  expect(live).toMatchObject({ status: 'approved', hold_reason: null, waiting_on: null })
})

test('reviews are paused and resumed, and everybody who operates sees it on every page', async () => {
  const { service, openAs } = await openConsole()
  const page = await openAs()
  await page.goto('/console/operations')
  await page.getByRole('button', { name: 'Pause reviews' }).click()
  const submitter = await service.asSomebody()
  const { body: entity } = await submitter.submit(aSkill())
  const { id } = entity.submission

  const other = await openAs(await service.asSomebody('admin'))
  const sign = other.getByText('Reviews are paused by an admin.')
  for (const path of ['queue', 'operations', 'audit', 'catalogue', `submissions/${id}`]) {
    await other.goto(`/console/${path}`)
    await sign.waitFor()
    expect(await sign.count(), path).toBe(1)
  }
  await other.getByText('An operator acts next: resume reviews.').waitFor()
  const { body: paused } = await submitter.send('GET', `/api/store/submissions/${id}`)
  expect(paused).toMatchObject({ status: 'pending_llm', waiting_on: 'operator' })

  await page.getByRole('button', { name: 'Resume reviews' }).click()
  await page.getByRole('button', { name: 'Pause reviews' }).waitFor()
  expect((await service.untilSettled(submitter, id)).status).toBe('approved')
  await other.goto('/console/queue?view=held')
  await other.getByText('Nothing is held.').waitFor()
  await other.getByText(/Last decision \d+ \w+ ago; the median of 24 h is \d+ \w+\./).waitFor()
  await expectAccessible(other)
  await keepScreenshot(other, 'queue-empty')
})

test.each(
  hands,
)('%s a review that failed is found among the work, with why, and is tried again', async (_, hand) => {
  const { service, openAs } = await openConsole({ script: status(400) })
  const submitter = await service.asSomebody()
  const { body: entity } = await submitter.submit(aSkill())
  const { id } = entity.submission
  await service.untilSettled(submitter, id)
  service.model.follow(approve())

  const page = await openAs()
  await page.goto('/console/operations')
  const work = page.getByRole('row', { name: 'Reviews of bundles' })
  await hand.press(work.getByRole('link', { name: '1', exact: true }))
  await page.getByText('Review failed').waitFor()
  expect(new URL(page.url()).search).toBe('?view=errors')
  await page.goBack()
  const failed = page.locator('.counts > div').filter({ hasText: 'Review failed' })
  await hand.press(failed.getByRole('link', { name: '1' }))
  await page.getByRole('link', { name: 'report-checker' }).waitFor()
  await hand.pick(page.getByLabel('Status'), 'Approved')
  await page.getByText('Nothing fits this filter').waitFor()
  await page.goto('/console/operations')
  const line = page.getByRole('row', { name: /report-checker/ })
  await line.getByText('The provider refused the request').waitFor()
  await keepScreenshot(page, 'operations-failed')
  const retry = line.getByRole('button', { name: 'Retry report-checker v1' })
  await hand.examine(retry)
  await hand.press(retry)
  await page.getByText('report-checker v1 is in review again.').waitFor()
  await line.waitFor({ state: 'detached' })
  expect((await service.untilSettled(submitter, id)).status).toBe('approved')
})
