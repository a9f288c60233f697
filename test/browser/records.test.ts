import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { expectAccessible } from '../support/axe.ts'
import { hands } from '../support/hands.ts'
import { shareConsole } from '../support/open-console.ts'

const { service, openAs } = shareConsole({
  withWorker: false,
  env: { WEBHOOK_ALLOW_PRIVATE: 'true' },
})
const accepted = 'store.submission.accepted'

test.each(hands)('%s the audit is filtered, exported and verified', async (_, hand) => {
  const submitter = await service().asSomebody()
  await submitter.submit()
  const page = await openAs()
  await page.goto('/console/audit')
  await page.getByText(/The chain holds to entry/).waitFor()
  await hand.fill(page.getByLabel('Action', { exact: true }), accepted)
  await hand.press(page.getByRole('button', { name: 'Filter' }))
  await page.getByRole('cell', { name: 'auth.login' }).first().waitFor({ state: 'detached' })
  expect(new URL(page.url()).search).toBe(`?action=${accepted}`)
  await page.getByRole('link', { name: submitter.email }).waitFor()
  const actions = await page.getByRole('cell', { name: /^(store|auth|user)\./ }).allTextContents()
  expect(new Set(actions)).toEqual(new Set([accepted]))

  await hand.press(page.getByRole('button', { name: 'Clear' }))
  const format = page.getByRole('button', { name: 'Export JSON lines' })
  await hand.examine(format)
  const coming = page.waitForEvent('download')
  await hand.press(format)
  const text = await readFile(await (await coming).path(), 'utf8')
  const entries = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(entries.map(({ action }) => action)).toContain(accepted)
  const sealed = entries.map(({ seq }) => seq).filter((seq) => seq !== null)
  expect(sealed).toEqual(sealed.map((_, place) => place + 1))

  await hand.press(page.getByRole('button', { name: 'Verify again' }))
  await page.getByText(/The chain holds to entry/).waitFor()
})

test('a token, a user, a webhook and a grant are made and ended in the settings', async () => {
  const page = await openAs()
  await page.goto('/console/settings')
  await page.getByLabel('Name').fill('my agent')
  await page.getByRole('button', { name: 'Make the token' }).click()
  const secret = await page.locator('code.secret').innerText()
  expect((await asToken(service().url, secret)).kind).toBe('agent')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Revoke “my agent”' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('The token is revoked.').waitFor()
  expect((await asToken(service().url, secret)).code).toBe('unauthenticated')

  await page.getByRole('tab', { name: 'Users' }).click()
  await page.getByLabel('E-mail').fill('grace@example.com')
  await page.getByLabel('First password').fill('a first password')
  await page.getByRole('button', { name: 'Let them in' }).click()
  await page.getByRole('cell', { name: 'grace@example.com', exact: true }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Lock out grace@example.com' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Lock out' }).click()
  await page.getByText('Locked out', { exact: true }).waitFor()

  await page.getByRole('tab', { name: 'Webhooks' }).click()
  await page.getByLabel('URL').fill('http://127.0.0.1:9/hook')
  await page.getByRole('button', { name: 'Add it' }).click()
  await page.getByText('The secret that signs deliveries').waitFor()
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await page.getByRole('button', { name: 'Deliveries' }).click()
  await page.getByRole('dialog', { name: 'Deliveries' }).getByText('pending').waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  await page.getByRole('tab', { name: 'Grants' }).click()
  await page.getByLabel('Action').fill('agent.tool.Bash')
  await page.getByRole('button', { name: 'Grant it' }).click()
  await page.getByRole('cell', { name: 'agent.tool.Bash', exact: true }).waitFor()
  await page.getByLabel('Action').fill('wipe_database')
  await page.getByRole('button', { name: 'Grant it' }).click()
  await page.locator('.toast[data-tone="red"]').waitFor()
  expect(await page.getByRole('cell', { name: 'wipe_database' }).count()).toBe(0)
  await expectAccessible(page)
})

test('a broken chain is seen, and where it is broken', async () => {
  const page = await openAs()
  await page.goto('/console/audit')
  await page.getByText(/The chain holds to entry/).waitFor()
  const sql = service().db.$client
  await sql`ALTER TABLE audit_entries DISABLE TRIGGER ALL`
  await sql`UPDATE audit_entries SET params = '{"reason": "nothing to see"}' WHERE seq = 2`
  await page.getByRole('button', { name: 'Verify again' }).click()
  await page.getByText('The chain is broken at entry 2.').waitFor()
  await expectAccessible(page)
})

async function asToken(url: string, token: string) {
  const response = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${token}` } })
  return (await response.json()) as { kind?: string; code?: string }
}
