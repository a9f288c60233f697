import { viewCursor } from '@countersign/contract/page'
import type { Database } from '@countersign/db/client'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aSkill } from '../../support/bundles.ts'
import { openConsole, useBrowser } from '../../support/open-console.ts'

useBrowser()

const many = 50_000

test('how soon the queue can be used with 50,000 submissions, on its first page and on its 500th', async () => {
  const { service, openAs } = await openConsole({ withWorker: false })
  const submitter = await service.asSomebody()
  const { body: entity } = await submitter.submit()
  await multiply(service.db, entity.submission.id)
  const [row] = await service.db.$client`
    select id from submissions order by id desc offset ${500 * 50 - 1} limit 1`
  const page = await openAs()
  await page.goto('/console/account')
  const times = {
    'first page': await time(page, '/console/queue?view=all'),
    'first page again': await time(page, '/console/queue?view=all'),
    'page 500': await time(page, `/console/queue?view=all&after=${viewCursor(row?.id)}`),
    'a view': await time(page, '/console/queue?view=needs-me'),
    'a search': await time(page, '/console/queue?view=all&q=report'),
  }
  process.stdout.write(`${JSON.stringify(times, null, 2)}\n`)
  expect(await page.locator('.row-link').count()).toBe(50)
})

test('how a file of 5 MiB with 10,000 findings opens and scrolls', async () => {
  const { service, openAs } = await openConsole({ withWorker: false })
  const submitter = await service.asSomebody()
  const text = Array.from({ length: 75_000 }, (_, n) => `${n}: ${figures()}`).join('\n')
  expect(text.length).toBeGreaterThan(5_000_000)
  const { body } = await submitter.submit(aSkill({ extra: { 'big.txt': text } }))
  const id = body.submission_id ?? body.submission.id
  await findMuch(service.db, id, 10_000)
  const page = await openAs()
  await page.goto(`/console/submissions/${id}?tab=verdict`)
  const leaf = page.getByRole('treeitem', { name: /big\.txt/ })
  await leaf.waitFor()
  await page.evaluate(watchLongTasks)
  const start = Date.now()
  await leaf.click()
  const code = page.getByRole('region', { name: /big\.txt/ })
  await code.locator('.finding').first().waitFor()
  const openedMs = Date.now() - start
  for (const share of [0.5, 1, 0]) {
    await code.evaluate((element, at) => {
      const { scrollHeight } = element as unknown as { scrollHeight: number }
      Object.assign(element, { scrollTop: scrollHeight * at })
    }, share)
    await page.waitForFunction('new Promise((done) => requestAnimationFrame(() => done(true)))')
  }
  const longestTaskMs = await page.evaluate('Math.max(0, ...globalThis.longTasks)')
  process.stdout.write(`${JSON.stringify({ openedMs, longestTaskMs }, null, 2)}\n`)
  expect(await code.locator('.code-row').count()).toBeLessThan(200)
})

const watchLongTasks = `
  globalThis.longTasks = []
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((e) => e.duration)))
    .observe({ type: 'longtask' })`

/** Figures that no archiver makes much smaller. */
function figures(): string {
  return Array.from({ length: 9 }, () => Math.floor(Math.random() * 1e6)).join(' ')
}

/** From asking for a page to being able to open a row of it. */
async function time(page: Page, path: string): Promise<string> {
  const start = Date.now()
  await page.goto(path)
  await page.locator('.row-link').first().click({ trial: true })
  return `${Date.now() - start} ms`
}

/** Makes many of one submission, each of an entity of its own, of every status there is. */
async function multiply({ $client: sql }: Database, id: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`
      create temporary table clones on commit drop as
      select i, (lpad(to_hex((extract(epoch from now()) * 1000)::bigint - i * 1000), 12, '0')
        || '7' || lpad(to_hex(i % 4096), 3, '0') || '8' || lpad(to_hex(i), 15, '0'))::uuid as id,
        (array['needs_human', 'approved', 'rejected', 'blocked_llm', 'review_error'])[1 + i % 5] as status
      from generate_series(1, ${many}) i`
    await tx`
      insert into entities
      select (jsonb_populate_record(e, jsonb_build_object('id', c.id, 'slug', e.slug || c.i, 'name', e.name || '-' || c.i))).*
      from clones c, entities e where e.id = (select entity_id from submissions where id = ${id})`
    await tx`
      insert into versions
      select (jsonb_populate_record(v, jsonb_build_object('entity_id', c.id))).*
      from clones c, versions v where v.entity_id = (select entity_id from submissions where id = ${id})`
    await tx`
      insert into submissions
      select (jsonb_populate_record(s, jsonb_build_object('id', c.id, 'entity_id', c.id, 'status', c.status,
        'due_at', null, 'lease_id', null, 'hold_reason', null,
        'decided_at', case when c.status = 'needs_human' then null else now() end,
        'created_at', now() - c.i * interval '1 minute'))).*
      from clones c, submissions s where s.id = ${id}`
  })
  await sql`analyze`
}

/** Adds findings to the big file of a submission, one on every sixth line. */
async function findMuch({ $client: sql }: Database, id: string, count: number): Promise<void> {
  await sql`
    insert into findings (submission_id, attempt, ordinal, stage, rule_id, tier, severity, confidence,
      category, fingerprint, file, line, message)
    select s.id, s.checks_attempt, 100000 + i, 'static_security', 'EXE-001', 'annotate', 'low', 0.5,
      'measure', 'f' || i, 'skills/' || s.slug || '/big.txt', i * 6, 'Found for the sake of it.'
    from submissions s, generate_series(1, ${count}) i where s.id = ${id}`
}
