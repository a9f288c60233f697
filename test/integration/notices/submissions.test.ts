import { listDueNotices } from '@countersign/core/notices/list-due-notices'
import { createStore } from '@countersign/db/store'
import { openChannels } from '@countersign/egress/channels/open-channels'
import { loadConfig } from '@countersign/runtime/config'
import { expect, test } from 'vitest'
import { check, decide, startGate } from '../../support/approvals.ts'
import { startMailServer } from '../../support/mail-server.ts'
import { openSandbox } from '../../support/open-sandbox.ts'
import { startReceiver } from '../../support/receiver.ts'
import { startService } from '../../support/start-service.ts'
import { createTeller } from '../../support/tell.ts'

test('admins are asked in the chat what a review left open; its owner is written to when it is over', async () => {
  const telegram = await startReceiver(() => ({ body: { ok: true, result: { message_id: 5 } } }))
  const mail = await startMailServer()
  const service = await startService({
    env: {
      HUMAN_REVIEW_FOR: 'all',
      TEST_WRITE_ENABLED: 'true',
      SMTP_URL: mail.url,
      TELEGRAM_BASE_URL: telegram.url,
      TELEGRAM_BOT_TOKEN: '1:t',
      TELEGRAM_CHAT_ID: '5',
      PUBLIC_URL: 'http://sign.example',
    },
  })
  const { admin, owner } = { admin: await service.asAdmin(), owner: await service.asSomebody() }
  const { body } = await owner.submit()
  const [asked] = await telegram.untilHeard(1)
  expect(JSON.parse(asked?.text ?? '').text).toContain(
    `http://sign.example/console/submissions/${body.submission.id}`,
  )
  expect(mail.letters).toEqual([])

  const path = `/api/admin/store/submissions/${body.submission.id}/approve`
  expect((await admin.send('POST', path, { json: {} })).status).toBe(200)
  const letter = await mail.untilReceived()
  expect(letter.to).toBe(owner.email)
  expect(letter.source).toContain(`http://sign.example/console/entities/${body.id}`)
  expect(telegram.heard).toHaveLength(1)
})

test('a mailbox that takes nothing is tried again, and nobody is kept waiting for it', async () => {
  const mail = await startMailServer({ takesMail: false })
  const service = await startService({ withWorker: false })
  const owner = await service.asSomebody()
  const { body } = await owner.submit()
  const admin = await service.asAdmin()
  openSandbox()
  const { tellAll } = createTeller(service.db, { SMTP_URL: mail.url })
  await tellAll()
  const path = `/api/admin/store/submissions/${body.submission.id}/reject`
  await admin.send('POST', path, { json: { reason: 'Not ours.' } })
  expect((await tellAll()).at(-1)).toBe('pending')
  expect((await service.send('GET', '/health')).status).toBe(200)
})

test('the tracker follows submissions by what we call them, and actions by the work they name', async () => {
  const plane = await startReceiver(({ path }) =>
    path.endsWith('/states/')
      ? { body: { results: [{ id: 'doing', group: 'started' }] } }
      : { body: { id: 'item-of-entity' } },
  )
  const { ada, agent, admin, db } = await startGate()
  openSandbox()
  const { tellAll } = createTeller(db, {
    PLANE_BASE_URL: plane.url,
    PLANE_API_KEY: 'k',
    PLANE_WORKSPACE: 'acme',
    PLANE_PROJECT_ID: 'sandbox',
  })
  const { body: entity } = await ada.submit()
  const context = { work_item: 'SHOP-12' }
  const { body } = await check(agent, 'deploy_production', context)
  await tellAll()
  await decide(admin, body.approval_id, 'deny')
  await tellAll()
  await tellAll()

  const asked = plane.heard.find(({ path }) => path.includes('external_id='))
  expect(asked?.path).toContain(`external_id=${entity.id}`)
  const comments = plane.heard.filter(({ path }) => path.endsWith('/comments/'))
  const about = comments.map(({ path, text }) => [
    path.match(/work-items\/([^/]+)/)?.[1],
    JSON.parse(text)
      .comment_html.replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/ +/g, ' ')
      .trim(),
  ])
  expect(about).toEqual([
    ['item-of-entity', expect.stringMatching(/^review : started Version 1 of/)],
    ['SHOP-12', 'deploy_production : waiting Waits for an approval.'],
    ['SHOP-12', 'deploy_production : failed The request was denied. No.'],
  ])
})

test('without a channel what nobody has to act on is settled untried, and what somebody has to is not', async () => {
  const service = await startService({ withWorker: false })
  const owner = await service.asSomebody()
  await owner.submit()
  const { tellAll } = createTeller(service.db, {})
  expect(await tellAll()).toEqual(['told'])
  const { $client: sql } = service.db
  expect(await sql`select attempts from notices`).toEqual([{ attempts: 0 }])

  await sql`update notices set status = 'pending', due_at = now(), event_type = 'submission.held',
    data = data || '{"status": "needs_human"}'`
  expect(await tellAll()).toEqual(['untold'])
})

test('without a channel what falls due while the untried are settled waits for the next time', async () => {
  const service = await startService({ withWorker: false })
  const owner = await service.asSomebody()
  const store = createStore(service.db)
  const settleUntried = async () => {
    await owner.submit()
    await store.events.sequence(1_000)
  }
  const channels = openChannels(loadConfig({}))
  const due = { store: { ...store, notices: { ...store.notices, settleUntried } }, channels }
  expect(await listDueNotices(due, 10)).toEqual([])
  expect(await store.notices.listDue(10)).toHaveLength(1)
})
