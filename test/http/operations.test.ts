import { describe, expect, test } from 'vitest'
import { aSkill } from '../support/bundles.ts'
import { aThinSkill, obedientModel } from '../support/obedient-model.ts'
import { shareService } from '../support/share-service.ts'
import { startService } from '../support/start-service.ts'

const service = shareService({ script: obedientModel })
const list = '/api/admin/store/submissions'
type Item = Record<string, unknown>

describe('the admin’s list of submissions', () => {
  test('200 filters by everything, and counts every status', async () => {
    const [ada, bob, admin] = [
      await service().asSomebody(),
      await service().asSomebody(),
      await service().asAdmin(),
    ]
    const good = await ada.submit(aSkill({ name: 'ledger-checker' }))
    await service().untilSettled(ada, good.body.submission.id)
    const bad = await ada.submit(aSkill({ name: 'tide-reader', note: 'the model blocks' }))
    await service().untilSettled(ada, bad.body.submission.id)
    const thin = await bob.submit(aThinSkill())
    const ids = {
      good: good.body.submission.id,
      bad: bad.body.submission.id,
      thin: thin.body.submission_id,
    }
    const found = async (query: string) => {
      const { body } = await admin.send('GET', `${list}?${query}`)
      return body.items.map(({ id }: Item) => id)
    }
    const own = `submitter=${ada.id}`
    expect(await found(own)).toEqual([ids.bad, ids.good])
    expect(await found(`submitter=${ada.email.toUpperCase()}`)).toEqual([ids.bad, ids.good])
    expect(await found(`${own}&status=approved`)).toEqual([ids.good])
    expect(await found(`${own}&status=approved,blocked_llm`)).toEqual([ids.bad, ids.good])
    expect(await found(`${own}&status=approved&status=blocked_llm`)).toEqual([ids.bad, ids.good])
    expect(await found(`${own}&q=TIDE`)).toEqual([ids.bad])
    expect(await found(`${own}&q=%25`)).toEqual([])
    expect(await found(`${own}&type=plugin`)).toEqual([])
    expect(await found(`${own}&held=true`)).toEqual([])
    expect(await found(`submitter=${bob.id}&severity=critical`)).toEqual([])
    const [rule] = thin.body.checks.content.findings.map((one: { rule_id: string }) => one.rule_id)
    expect(await found(`submitter=${bob.id}&rule=${rule}`)).toEqual([ids.thin])
    expect(await found(`${own}&rule=${rule}`)).toEqual([])
    const { body } = await admin.send('GET', `${list}?${own}&limit=1`)
    expect(body.counts).toEqual({ approved: 1, blocked_llm: 1 })
    expect(body.next_cursor).toEqual(expect.any(String))
    const rest = await admin.send('GET', `${list}?${own}&limit=1&cursor=${body.next_cursor}`)
    expect(rest.body).toMatchObject({ items: [{ id: ids.good }], next_cursor: null })
    expect((await admin.send('GET', `${list}?status=odd`)).status).toBe(422)

    await admin.send('DELETE', `/api/store/entities/${thin.body.entity_id}`)
    expect(await found(`submitter=${bob.id}`)).toEqual([])
    expect(await found(`submitter=${bob.id}&archived=true`)).toEqual([ids.thin])
  })

  test('200 tells what has the same bytes, whatever it is called and whoever sent it', async () => {
    const [ada, bob, admin] = [
      await service().asSomebody(),
      await service().asSomebody(),
      await service().asAdmin(),
    ]
    const name = `twin-${ada.id.slice(-12)}`
    await ada.submit(aSkill({ name }))
    await bob.submit(aSkill({ name }))
    await bob.submit(aSkill({ name, note: 'Look twice.' }), { name: `${name}-else` })
    const { body } = await admin.send('GET', `${list}?q=${name}`)
    const [other, second, first] = body.items.map((item: Item) => item.content_hash)
    expect(second).toMatch(/^[0-9a-f]{64}$/)
    expect(first).toBe(second)
    expect(other).not.toBe(second)
    const { body: read } = await admin.send('GET', `${list}/${body.items[0].id}`)
    expect(read.content_hash).toBe(other)
  })

  test('the severity it filters by is the worst of what the model found, too', async () => {
    const [ada, admin] = [await service().asSomebody(), await service().asAdmin()]
    const { body } = await ada.submit(aSkill({ note: 'the model blocks' }))
    await service().untilSettled(ada, body.submission.id)
    const found = await admin.send('GET', `${list}?submitter=${ada.id}&severity=critical`)
    expect(found.body.items).toMatchObject([{ id: body.submission.id, severity: 'critical' }])
  })
})

test('200 the admin’s view has all that a decision needs', async () => {
  const [ada, admin] = [await service().asSomebody(), await service().asAdmin()]
  const { body } = await ada.submit()
  await service().untilSettled(ada, body.submission.id)
  const path = `${list}/${body.submission.id}`
  const { body: view, headers } = await admin.send('GET', path)
  expect(headers.get('etag')).toBe(`"${view.revision}"`)
  expect(view).toMatchObject({
    entity: { id: body.id, versions: [{ n: 1 }] },
    previous: null,
    files: [{ path: '.claude-plugin/plugin.json' }, { path: expect.stringMatching(/SKILL\.md$/) }],
  })
  const actions = view.timeline.map(({ action }: Item) => action)
  for (const action of ['store.entity.create', 'store.submission.accepted'])
    expect(actions).toContain(action)
  const zip = await admin.send('GET', `${path}/bundle.zip`)
  expect(zip.headers.get('content-type')).toBe('application/zip')
  const query = `resource=submission:${body.submission.id}&action=store.submission.bundle_downloaded`
  const { body: audit } = await admin.send('GET', `/api/admin/audit?${query}`)
  expect(audit.items).toMatchObject([{ actor: { id: admin.id, kind: 'user' } }])
  expect((await ada.send('GET', path)).status).toBe(403)
  expect((await ada.send('GET', `${path}/bundle.zip`)).status).toBe(403)
})

describe('the report on a submission', () => {
  test('200 as JSON and as SARIF, for its people and for admins', async () => {
    const [ada, bob, admin] = [
      await service().asSomebody(),
      await service().asSomebody(),
      await service().asAdmin(),
    ]
    const { body } = await ada.submit(aThinSkill())
    const path = `/api/store/submissions/${body.submission_id}/report`
    const json = await ada.send('GET', path)
    expect(json.body).toMatchObject({ status: 'blocked_inline', version_no: 1 })
    const [finding] = json.body.findings
    expect(finding).toMatchObject({ tier: 'block', source: 'static' })
    const sarif = await admin.send('GET', `${path}?format=sarif`)
    expect(sarif.headers.get('content-type')).toMatch(/^application\/sarif\+json/)
    expect(sarif.body).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: {} } }] })
    expect(sarif.body.runs[0].results[0].ruleId).toBe(finding.rule_id)
    expect((await bob.send('GET', path)).status).toBe(404)
    expect((await ada.send('GET', `${path}?format=xml`)).status).toBe(422)
  })
})

describe('the audit', () => {
  test('200 is one chain, and says where it is broken', async () => {
    const own = await startService({ withWorker: false })
    const admin = await own.asAdmin()
    await admin.submit()
    const { body: sound } = await admin.send('GET', '/api/admin/audit/verify')
    expect(sound).toMatchObject({ ok: true, broken_at: null, unsealed: 0 })
    expect(sound.checked).toBeGreaterThan(2)
    const { body: page } = await admin.send('GET', '/api/admin/audit?limit=200')
    const [newest] = page.items
    expect(newest).toMatchObject({
      id: expect.any(String),
      seq: expect.any(Number),
      at: expect.any(String),
      actor: { id: expect.any(String), kind: 'user' },
      action: expect.any(String),
      resource: expect.stringMatching(/^\w+:/),
      prev_hash: page.items[1].hash,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const forged = { seq: page.items[1].seq as number }
    await own.db.$client.begin(async (sql) => {
      await sql`alter table audit_entries disable trigger audit_entries_append_only`
      await sql`update audit_entries set action = 'auth.nothing' where seq = ${forged.seq}`
      await sql`alter table audit_entries enable trigger audit_entries_append_only`
    })
    const { body: broken } = await admin.send('GET', '/api/admin/audit/verify')
    expect(broken).toMatchObject({ ok: false, broken_at: forged.seq })
  })

  test('refuses every change and deletion in the database itself', async () => {
    const { $client: sql } = service().db
    await expect(sql`update audit_entries set action = 'x'`).rejects.toThrow('append-only')
    await expect(sql`delete from audit_entries`).rejects.toThrow('append-only')
    await expect(sql`truncate audit_entries`).rejects.toThrow('append-only')
  })

  test('200 is searched by actor, action, resource and time', async () => {
    const [ada, admin] = [await service().asSomebody(), await service().asAdmin()]
    const { body } = await ada.submit(aSkill({ name: 'searched' }))
    const read = async (query: string) =>
      (await admin.send('GET', `/api/admin/audit?${query}`)).body.items.length
    const resource = `resource=entity:${body.id}`
    expect(await read(resource)).toBe(1)
    expect(await read(`${resource}&action=store.entity.create&actor=${ada.id}`)).toBe(1)
    expect(await read(`${resource}&action=store.entity.archive`)).toBe(0)
    const [past, future] = ['2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z']
    expect(await read(`${resource}&from=${past}&to=${future}`)).toBe(1)
    expect(await read(`${resource}&to=${past}`)).toBe(0)
    expect((await admin.send('GET', '/api/admin/audit?from=yesterday')).status).toBe(422)
    expect((await ada.send('GET', '/api/admin/audit')).status).toBe(403)
  })
})

describe('operations', () => {
  test('200 /api/admin/ops tells how everything is', async () => {
    const admin = await service().asAdmin()
    const sent = await admin.submit(aSkill({ name: 'soon-decided' }))
    await service().untilSettled(admin, sent.body.submission.id)
    const { body } = await admin.send('GET', '/api/admin/ops')
    const verdicts = {
      last_at: expect.stringMatching(/Z$/),
      median_ms: expect.any(Number),
      p90_ms: expect.any(Number),
    }
    expect(body).toMatchObject({
      queue: {
        waiting: expect.any(Number),
        active: expect.any(Number),
        delayed: expect.any(Number),
        failed: 0,
        paused: false,
      },
      verdicts,
      workers: [{ pid: process.pid }],
      reviewer: {
        ready: true,
        reason: null,
        rate_limited_until: null,
        spend_usd_24h: expect.any(Number),
        tokens_24h: expect.any(Number),
      },
      held: expect.any(Number),
    })
    const { body: times } = await admin.send('GET', '/api/store/verdict-times')
    expect(times).toEqual(verdicts)
  })

  test('200 /health, /health/ready and /metrics need no token', async () => {
    const health = await service().send('GET', '/health')
    expect(health.body).toEqual({
      status: 'ok',
      pending_count: expect.any(Number),
      timestamp: expect.stringMatching(/Z$/),
    })
    expect((await service().send('GET', '/health/ready')).body).toEqual({ status: 'ready' })
    const metrics = await service().send('GET', '/metrics')
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/)
  })

  test('503 /health/ready while the database or the queue does not answer', async () => {
    const readiness = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.1'))
    const own = await startService({ withWorker: false, overrides: { readiness } })
    const { status, body } = await own.send('GET', '/health/ready')
    expect([status, body.code]).toEqual([503, 'unavailable'])
    expect(JSON.stringify(body)).not.toContain('10.0.0.1')
    expect((await own.send('GET', '/health')).status).toBe(200)
  })
})
