import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible } from '../support/axe.ts'
import { aSkill } from '../support/bundles.ts'
import { shareConsole } from '../support/open-console.ts'
import { keepScreenshot } from '../support/screenshot.ts'

const { service, openAs } = shareConsole({ withWorker: false })
const rows = '**/api/admin/store/submissions?*'

test('what is on its way says so, and stands where it will be', async () => {
  const page = await openAs()
  const letThrough = await holdRows(page)
  await page.goto('/console/queue')
  await page.getByRole('heading', { name: 'Queue', exact: true }).waitFor()
  await page.getByText('Loading …').waitFor()
  await expectAccessible(page)
  letThrough()
  await page.getByText('Nobody has submitted anything yet').waitFor()
  await page.getByText(/^export COUNTERSIGN_URL=http.*countersign submit.*curl /s).waitFor()
  const letOtherThrough = await holdRows(page)
  await page.getByRole('link', { name: 'Blocked' }).click()
  await page.getByText('Loading …').waitFor()
  expect(await page.getByText('Nobody has submitted anything yet').count()).toBe(0)
  letOtherThrough()
  await page.getByText('Nobody has submitted anything yet').waitFor()
})

/** Keeps the rows of the queue back until they are let through. */
async function holdRows(page: Page): Promise<() => void> {
  const { promise: isLetThrough, resolve: letThrough } = Promise.withResolvers<void>()
  await page.route(rows, (route) => void isLetThrough.then(() => route.continue()))
  return letThrough
}

test('who filters by keyboard stays in the filter, and who clears it is at its beginning', async () => {
  const page = await openAs()
  await page.goto('/console/queue')
  const type = page.getByLabel('Type', { exact: true })
  await type.press('ArrowDown')
  await page.getByText('Nothing fits this filter').waitFor()
  expect(new URL(page.url()).search).toBe('?type=skill')
  expect(await type.evaluate((it) => it.matches(':focus'))).toBe(true)
  await page.getByRole('button', { name: 'Clear', exact: true }).press('Enter')
  await page.getByText('Nobody has submitted anything yet').waitFor()
  const first = page.getByPlaceholder('Name, id, hash')
  expect(await first.evaluate((it) => it.matches(':focus'))).toBe(true)
  expect(await type.inputValue()).toBe('')
})

test('offline it says so and loses nothing, and goes on when the service is back', async () => {
  const submitter = await service().asSomebody()
  await submitter.submit(aSkill({ name: 'still-here' }))
  const page = await openAs()
  const isAhead = page.waitForResponse(/audit-page/)
  await page.goto('/console/queue?view=all')
  await page.getByRole('link', { name: 'still-here' }).waitFor()
  await page.evaluate(`import('${(await isAhead).url()}').then(() => true)`)
  await page.context().setOffline(true)
  await page.getByRole('link', { name: 'Audit' }).click()
  await page.getByText('The service does not answer').first().waitFor()
  await expectAccessible(page)
  await keepScreenshot(page, 'offline')
  await page.goBack()
  await page.getByRole('link', { name: 'still-here' }).waitFor()

  await page.context().setOffline(false)
  await page.getByRole('link', { name: 'Audit' }).click()
  await page.getByText(/The chain holds/).waitFor()
  await page.getByRole('button', { name: /now: Live/ }).waitFor()
})

test('what only admins may see says so to others, and shows nothing of it', async () => {
  const page = await openAs(await service().asSomebody())
  for (const path of ['/queue', '/operations', '/audit']) {
    await page.goto(`/console${path}`)
    await page.getByText('This needs the role of an admin.').first().waitFor()
    expect(await page.getByRole('link', { name: 'Operations' }).count()).toBe(0)
    await expectAccessible(page)
  }
  await keepScreenshot(page, 'not-allowed')
})

test('a failure says what the service said, with the request, and can be tried again', async () => {
  const page = await openAs()
  const problem = { code: 'internal', title: 'It broke', status: 500, request_id: 'request-7' }
  const detail = 'The service met something it did not expect.'
  await page.route(rows, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: JSON.stringify({ ...problem, type: '/problems/internal', detail }),
    }),
  )
  await page.goto('/console/queue')
  await page.getByText(detail).waitFor()
  await page.getByText('Request request-7').waitFor()
  await expectAccessible(page)
  await page.unroute(rows)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Nothing waits for a person.').waitFor()
})
