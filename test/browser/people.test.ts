import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { expectAccessible } from '../support/axe.ts'
import { type Hand, hands } from '../support/hands.ts'
import { shareConsole } from '../support/open-console.ts'
import { keepScreenshot } from '../support/screenshot.ts'

const { service, openAs } = shareConsole({ withWorker: false })

/** Somebody new, and the list of people before the first admin. */
async function openPeople() {
  const person = await service().asSomebody()
  const page = await openAs()
  await page.goto('/console/settings?tab=users')
  const press = async (hand: Hand, label: string, commit: string) => {
    await hand.press(page.getByRole('button', { name: `${label} ${person.email}` }))
    const dialog = page.getByRole('dialog', { name: `${label} ${person.email}?` })
    await hand.examine(dialog.getByRole('button', { name: commit }))
    await hand.press(dialog.getByRole('button', { name: commit }))
    await dialog.waitFor({ state: 'detached' })
  }
  return { person, page, press, row: page.getByRole('row', { name: person.email }) }
}

test.each(
  hands,
)('%s somebody who lost their password is given one for the time being', async (_, hand) => {
  const { person, page } = await openPeople()
  const open = page.getByRole('button', { name: `New password for ${person.email}` })
  await hand.press(open)
  const dialog = page.getByRole('dialog', { name: `New password for ${person.email}` })
  await hand.fill(dialog.getByLabel('Temporary password'), 'short')
  await hand.press(dialog.getByRole('button', { name: 'Set the password' }))
  await dialog.getByText('every session of theirs ends at once').waitFor()
  const next = randomUUID()
  await hand.fill(dialog.getByLabel('Temporary password'), next)
  const commit = dialog.getByRole('button', { name: 'Set the password' })
  await hand.examine(commit)
  await keepScreenshot(page, 'settings-new-password')
  await hand.press(commit)
  await page.getByText('gets in with the new password alone').waitFor()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => open.evaluate((it) => it.matches(':focus'))).toBe(true)

  expect((await person.send('GET', '/api/me')).status).toBe(401)
  const logIn = (password: string) =>
    service().send('POST', '/api/auth/token', { json: { email: person.email, password } })
  expect((await logIn(person.password)).status).toBe(401)
  expect((await logIn(next)).status).toBe(200)
})

test.each(
  hands,
)('%s somebody becomes an admin and a user again, locked out and let in', async (_, hand) => {
  const { person, page, row, press } = await openPeople()
  await press(hand, 'Make an admin of', 'Make an admin')
  await page.getByText(`${person.email} is an admin now.`).waitFor()
  await row.getByRole('cell', { name: 'admin', exact: true }).waitFor()
  await press(hand, 'Make a user of', 'Make a user')
  await row.getByRole('cell', { name: 'user', exact: true }).waitFor()
  const { body } = await person.send('GET', '/api/me')
  expect(body.role).toBe('user')
  await press(hand, 'Lock out', 'Lock out')
  await row.getByText('Locked out').waitFor()
  expect((await person.send('GET', '/api/me')).status).toBe(401)
  await hand.press(page.getByRole('button', { name: `Let in ${person.email}` }))
  await row.getByText('Active').waitFor()
})

test('an admin is made by two: one asks, another approves, and the first does it', async () => {
  const second = await service().asSomebody('admin')
  await service().db.$client`UPDATE principals SET created_at = created_at - interval '30 days'`
  const { person, page, row } = await openPeople()
  const make = async () => {
    await page.getByRole('button', { name: `Make an admin of ${person.email}` }).click()
    await page.getByRole('button', { name: 'Make an admin', exact: true }).last().click()
  }
  await make()
  await page.getByText('Another admin has to approve this first').waitFor()
  await row.getByRole('cell', { name: 'user', exact: true }).waitFor()
  await expectAccessible(page)
  const { body } = await second.send('GET', '/api/approvals?status=pending')
  const [ticket] = body.items
  expect(ticket.action).toBe('admin.role_grant')
  await second.send('POST', `/api/approvals/${ticket.id}/decisions`, {
    json: { verdict: 'approve' },
  })
  await make()
  await row.getByRole('cell', { name: 'admin', exact: true }).waitFor()
})
