import { expect, test } from 'vitest'
import { expectAccessible } from '../support/axe.ts'
import { openConsole, useBrowser } from '../support/open-console.ts'
import { keepScreenshot } from '../support/screenshot.ts'
import { admin } from '../support/start-service.ts'

useBrowser()

test('the first admin logs in, changes the password by keyboard, and only the new one opens', async () => {
  const { openWindow } = await openConsole()
  const page = await openWindow()
  await page.goto('/')
  await page.getByRole('heading', { name: 'Log in to Countersign' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/console/login')
  await expectAccessible(page)
  await keepScreenshot(page, 'login')

  await page.keyboard.type(admin.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type('not the password')
  await page.keyboard.press('Enter')
  await page.getByText('No account has this e-mail and password.').waitFor()
  await page.getByRole('textbox', { name: 'Password' }).fill(admin.password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Queue', exact: true }).waitFor()

  await page.keyboard.press('g')
  await page.keyboard.press('u')
  await page.getByRole('heading', { name: 'Your account' }).waitFor()
  await page.getByLabel('Current password').focus()
  const next = 'another horse, another battery'
  for (const text of [admin.password, next, next]) {
    await page.keyboard.type(text)
    await page.keyboard.press('Tab')
  }
  await expectAccessible(page)
  await keepScreenshot(page, 'account')
  await page.keyboard.press('Enter')
  await page.getByText('Your password was changed.').waitFor()

  await page.getByRole('button', { name: 'You and the theme' }).click()
  await expectAccessible(page)
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(admin.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByText('No account has this e-mail and password.').waitFor()
  await page.getByRole('textbox', { name: 'Password' }).fill(next)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('heading', { name: 'Queue', exact: true }).waitFor()
})

test('what was asked for before logging in is where one gets to', async () => {
  const { openWindow } = await openConsole({ withWorker: false })
  const page = await openWindow()
  await page.goto('/console/queue?view=held')
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(admin.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('link', { name: 'Held', exact: true }).waitFor()
  expect(new URL(page.url()).search).toBe('?view=held')
  await page.getByText('Nobody has submitted anything yet').waitFor()
  await expectAccessible(page)
})

test('the keys of a page stand on a sheet, and can be switched off', async () => {
  const { openAs } = await openConsole({ withWorker: false })
  const page = await openAs()
  await page.goto('/console/queue')
  await page.getByRole('heading', { name: 'Queue', exact: true }).waitFor()
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keys' })
  await sheet.getByText('Search', { exact: true }).waitFor()
  await expectAccessible(page)
  await sheet.getByLabel('Single keys do something on this device').uncheck()
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'hidden' })
  await page.keyboard.press('?')
  await page.keyboard.press('g')
  await page.keyboard.press('u')
  expect(new URL(page.url()).pathname).toBe('/console/queue')
  expect(await sheet.count()).toBe(0)
})
