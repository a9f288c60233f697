import { expect, test } from 'vitest'
import { expectAccessible } from '../support/axe.ts'
import { hands } from '../support/hands.ts'
import { openConsole, shareConsole } from '../support/open-console.ts'
import { admin } from '../support/start-service.ts'

const { openAs, openWindow } = shareConsole({ withWorker: false })
const next = 'another horse, another battery'

test.each(
  hands,
)('%s the first admin logs in, changes the password, and only the new one opens', async (_, hand) => {
  const { openWindow: openHere } = await openConsole({ withWorker: false })
  const page = await openHere()
  const queue = page.getByRole('heading', { name: 'Queue', exact: true })
  const enter = page.getByRole('button', { name: 'Log in' })
  const logInWith = async (password: string) => {
    await hand.fill(page.getByLabel('E-mail'), admin.email)
    await hand.fill(page.getByRole('textbox', { name: 'Password' }), password)
    await hand.press(enter)
  }
  await page.goto('/')
  await page.getByRole('heading', { name: 'Log in to Countersign' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/console/login')
  await logInWith('not the password')
  await page.getByText('No account has this e-mail and password.').waitFor()
  await hand.examine(enter)
  await logInWith(admin.password)
  await queue.waitFor()

  await hand.press(page.getByRole('link', { name: 'Your account' }))
  await hand.fill(page.getByLabel('Current password'), admin.password)
  await hand.fill(page.getByLabel('New password', { exact: true }), next)
  await hand.fill(page.getByLabel('New password again'), next)
  await hand.press(page.getByRole('button', { name: 'Change the password' }))
  await page.getByText('Your password was changed.').waitFor()

  await hand.press(page.getByRole('button', { name: 'You and the theme' }))
  await hand.examine(page.getByRole('menuitem', { name: 'Log out' }))
  await hand.press(page.getByRole('menuitem', { name: 'Log out' }))
  await logInWith(admin.password)
  await page.getByText('No account has this e-mail and password.').waitFor()
  await logInWith(next)
  await queue.waitFor()
})

test('what was asked for before logging in is where one gets to', async () => {
  const page = await openWindow()
  await page.goto('/console/queue?view=held')
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(admin.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('link', { name: /^Held/ }).waitFor()
  expect(page.url()).toMatch(/\/console\/queue\?view=held$/)
  await page.getByText('Nobody has submitted anything yet').waitFor()
})

test('whose session has ended gets to the login, and then back to where they were', async () => {
  const page = await openAs()
  await page.goto('/console/audit')
  await page.getByText(/The chain holds/).waitFor()
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Verify again' }).click()
  await page.getByLabel('E-mail').fill(admin.email)
  expect(new URL(page.url()).pathname).toBe('/console/login')
  await page.getByRole('textbox', { name: 'Password' }).fill(admin.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByText(/The chain holds/).waitFor()
  expect(new URL(page.url()).pathname).toBe('/console/audit')
})

test('the keys of a page stand on a sheet, and can be switched off', async () => {
  const page = await openAs()
  await page.goto('/console/queue')
  await page.getByRole('heading', { name: 'Queue', exact: true }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('u')
  await page.getByRole('heading', { name: 'Your account' }).waitFor()
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keys' })
  await sheet.getByText('Search', { exact: true }).waitFor()
  await expectAccessible(page)
  await sheet.getByLabel('Single keys do something on this device').uncheck()
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'hidden' })
  await page.keyboard.press('?')
  await page.keyboard.press('g')
  await page.keyboard.press('q')
  expect(new URL(page.url()).pathname).toBe('/console/account')
  expect(await sheet.count()).toBe(0)
})
