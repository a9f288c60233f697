import { readdir } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { check } from '../support/approvals.ts'
import { expectAccessible } from '../support/axe.ts'
import { aChattySkill } from '../support/console-bundles.ts'
import { expectRoom } from '../support/expect-room.ts'
import { shareConsole } from '../support/open-console.ts'
import { keepScreenshot } from '../support/screenshot.ts'

const { service, openAs, openWindow } = shareConsole({ env: { HUMAN_REVIEW_FOR: 'hosts' } })
const ids = { submission: '', entity: '', approval: '' }

/** Every page: where its code is, its name, its address, and what is on it once it is there. */
const pages = [
  ['queue', 'queue-one', () => '/queue?view=all', 'report-checker'],
  ['submission', 'submission', () => `/submissions/${ids.submission}`, 'figures.example.com'],
  ['entity', 'entity-own', () => `/entities/${ids.entity}`, 'Versions'],
  ['entity', 'entity-edit', () => `/entities/${ids.entity}/edit`, 'Review in flight'],
  ['operations', 'operations', () => '/operations', 'Submissions by status'],
  ['approvals', 'approvals', () => '/approvals', 'deploy_production'],
  ['approvals', 'approval-one', () => `/approvals/${ids.approval}`, 'What exactly is asked'],
  ['mine', 'mine-empty', () => '/mine', 'You have not submitted anything yet'],
  ['upload', 'upload', () => '/upload', 'Only run the checks'],
  ['catalogue', 'catalogue-one', () => '/catalogue', 'report-checker'],
  ['audit', 'audit', () => '/audit', 'The chain holds'],
  ['settings', 'settings-tokens', () => '/settings', 'You have no tokens'],
  ['settings', 'settings-users', () => '/settings?tab=users', 'Lock out'],
  ['settings', 'settings-webhooks', () => '/settings?tab=webhooks', 'Nobody is told of events'],
  ['settings', 'settings-grants', () => '/settings?tab=grants', 'Nothing is answered in advance'],
  ['account', 'account', () => '/account', 'Change the password'],
  ['login', 'login', () => '/login', 'Log in to Countersign'],
  ['lost', 'lost', () => '/nowhere', 'There is no such page'],
] as const

/** Those of which a narrow picture is kept. */
const narrow = new Set<string>(['queue-one', 'submission'])

beforeAll(async () => {
  const submitter = await service().asSomebody()
  const { body } = await submitter.submit(aChattySkill())
  await service().untilSettled(submitter, body.submission.id)
  const agent = await service().asAgentOf(submitter)
  const context = { service: 'billing', version: '2026.11.3' }
  const asked = await check(agent, 'deploy_production', context, { wait_s: 0, ttl_s: 86_400 })
  ids.submission = body.submission.id
  ids.entity = body.id
  ids.approval = asked.body.approval_id
})

test('no page is left out of what is said of every page', async () => {
  const folders = await readdir(new URL('../../apps/console/src/pages', import.meta.url))
  const there = folders.filter((name) => !name.includes('.'))
  expect(new Set(pages.map(([folder]) => folder))).toEqual(new Set([...there, 'lost']))
})

test.each(
  pages,
)('%s: %s is accessible in both themes, and fits a laptop and 320 pixels', async (...given) => {
  const [folder, name, path, sign] = given
  const page = await (folder === 'login' ? openWindow() : openAs())
  await open(page, path(), sign)
  await expectAccessible(page)
  await keepScreenshot(page, name)
  await expectRoom(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await open(page, path(), sign)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
  await expectAccessible(page)
  if (narrow.has(name)) await keepScreenshot(page, `narrow-${folder}`)
})

test('at 320 pixels the way to every page slides in', async () => {
  const page = await openAs()
  await page.setViewportSize({ width: 320, height: 640 })
  await open(page, '/queue?view=all', 'report-checker')
  const way = page.getByRole('link', { name: 'Operations' })
  expect(await way.isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Open the menu' }).click()
  await way.click()
  await page.getByRole('heading', { name: 'Operations' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/console/operations')
})

async function open(page: Page, path: string, sign: string): Promise<void> {
  await page.goto(`/console${path}`)
  await page.getByText(sign).first().waitFor()
}
