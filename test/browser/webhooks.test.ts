import { expect, test } from 'vitest'
import { hands } from '../support/hands.ts'
import { shareConsole } from '../support/open-console.ts'
import { openSandbox } from '../support/open-sandbox.ts'
import { startReceiver } from '../support/receiver.ts'
import { keepScreenshot } from '../support/screenshot.ts'

const { openAs } = shareConsole({ env: { WEBHOOK_ALLOW_PRIVATE: 'true' } })

test.each(
  hands,
)('%s a webhook is made and tried, and what was delivered is delivered again', async (_, hand) => {
  openSandbox()
  const receiver = await startReceiver()
  const page = await openAs()
  await page.goto('/console/settings?tab=webhooks')
  await hand.fill(page.getByLabel('URL'), `${receiver.url}/hook`)
  await hand.press(page.getByRole('button', { name: 'Add it' }))
  const line = page.getByRole('listitem').filter({ hasText: receiver.url })
  await hand.press(line.getByRole('button', { name: 'Test' }))
  await receiver.untilHeard(1)
  await hand.press(line.getByRole('button', { name: 'Deliveries' }))
  const dialog = page.getByRole('dialog', { name: 'Deliveries' })
  await dialog.getByText('delivered', { exact: true }).waitFor()
  const again = dialog.getByRole('button', { name: 'Deliver again' })
  await hand.examine(again)
  await hand.press(again)
  const [one, two] = await receiver.untilHeard(2)
  expect(two?.headers['webhook-id']).toBe(one?.headers['webhook-id'])
  expect(two?.text).toBe(one?.text)
  await dialog.getByText('delivered', { exact: true }).nth(1).waitFor()
  await keepScreenshot(page, 'webhook-deliveries')
})
