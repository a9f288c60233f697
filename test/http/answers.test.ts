import { telegramSecret } from '@countersign/egress/channels/create-telegram'
import { expect, test } from 'vitest'
import { check, startGate } from '../support/approvals.ts'
import { startMailServer } from '../support/mail-server.ts'
import { startReceiver } from '../support/receiver.ts'
import { createTeller } from '../support/tell.ts'

const botToken = '123:bot-secret'
const callback = '/api/callbacks/telegram'

async function setUp() {
  const telegram = await startReceiver(() => ({ body: { ok: true, result: { message_id: 5 } } }))
  const mail = await startMailServer()
  const env = {
    TEST_WRITE_ENABLED: 'true',
    PUBLIC_URL: 'https://sign.example',
    TELEGRAM_BASE_URL: telegram.url,
    TELEGRAM_BOT_TOKEN: botToken,
    TELEGRAM_CHAT_ID: '-1',
    SMTP_URL: mail.url,
  }
  const gate = await startGate({ env })
  const { tellAll } = createTeller(gate.db, env)
  const { body } = await check(gate.agent, 'delete_data', {
    html: '<script>alert(1)</script>',
  })
  const path = `/api/approvals/${body.approval_id}`
  const readStatus = async () => (await gate.admin.send('GET', path)).body
  return { ...gate, telegram, mail, tellAll, readStatus }
}

type SetUp = Awaited<ReturnType<typeof setUp>>

/** What stands in the buttons of the message that asked. */
async function readButtons({ tellAll, telegram }: SetUp): Promise<[string, string]> {
  await tellAll()
  const sent = telegram.heard.find(({ path }) => path.endsWith('/sendMessage'))
  const [[approve, deny]] = JSON.parse(sent?.text ?? '').reply_markup.inline_keyboard
  return [approve.callback_data, deny.callback_data]
}

/** A click, as Telegram tells of it; gives what the one who clicked is shown. */
async function click({ service, telegram }: SetUp, userId: number, data: string) {
  const headers = { 'x-telegram-bot-api-secret-token': telegramSecret(botToken) }
  const json = { callback_query: { id: '1', from: { id: userId, username: 'x' }, data } }
  expect((await service.send('POST', callback, { json, headers })).status).toBe(200)
  const answers = telegram.heard.filter(({ path }) => path.endsWith('/answerCallbackQuery'))
  return JSON.parse(answers.at(-1)?.text ?? '{}').text as string
}

async function link({ admin }: SetUp, userId: number, personId: string) {
  const json = { channel: 'telegram', external_user: String(userId), user_id: personId }
  const { status } = await admin.send('POST', '/api/admin/channel-identities', { json })
  expect(status).toBe(201)
}

test('Telegram is asked to tell us of clicks, and to prove that it is Telegram', async () => {
  const { telegram } = await setUp()
  const [asked] = await telegram.untilHeard(1)
  expect(asked?.path).toBe(`/bot${botToken}/setWebhook`)
  expect(JSON.parse(asked?.text ?? '')).toEqual({
    url: 'https://sign.example/api/callbacks/telegram',
    secret_token: telegramSecret(botToken),
    allowed_updates: ['callback_query'],
  })
})

test('a click counts as the answer of the person whose account it is, and the message says so', async () => {
  const gate = await setUp()
  const [approve] = await readButtons(gate)
  await link(gate, 42, gate.admin.id)
  expect(await click(gate, 42, approve)).toBe('The request is approved.')
  expect(await gate.readStatus()).toMatchObject({ status: 'approved', decided_by: gate.admin.id })
  await gate.tellAll()
  const edit = gate.telegram.heard.find(({ path }) => path.endsWith('/editMessageText'))
  expect(JSON.parse(edit?.text ?? '').text).toContain('Approved by admin')
})

test('a click of somebody unknown, of who asked, and of a forged button decides nothing', async () => {
  const gate = await setUp()
  const [approve, deny] = await readButtons(gate)
  expect(await click(gate, 7, approve)).toContain('Nobody here is known as 7.')
  await link(gate, 8, gate.ada.id)
  expect(await click(gate, 8, deny)).toContain('somebody else has to decide')
  await link(gate, 9, gate.admin.id)
  expect(await click(gate, 9, `a1${'A'.repeat(22)}y`)).toContain('There is no such thing')
  expect(await click(gate, 9, 'something else')).toBe('This button is none of ours.')
  expect((await gate.readStatus()).status).toBe('pending')

  await gate.admin.send('DELETE', '/api/admin/channel-identities/telegram/9')
  expect(await click(gate, 9, approve)).toContain('Nobody here is known as 9.')
  expect((await gate.readStatus()).status).toBe('pending')
})

test('what a message cannot show as a whole is answered where it can be seen', async () => {
  const gate = await setUp()
  const context = { a: 'x'.repeat(700), command: 'drop table users' }
  await check(gate.agent, 'delete_data', context)
  const reason = `Routine.\nContext: {"command":"ls"}\n${'x'.repeat(3900)}`
  await check(gate.agent, 'delete_data', { command: 'drop table users' }, { reason })
  await gate.tellAll()
  const messages = gate.telegram.heard.flatMap(({ path, text }) =>
    path.endsWith('/sendMessage') ? [JSON.parse(text)] : [],
  )
  const buttons = messages.map(({ reply_markup }) => reply_markup.inline_keyboard.length)
  expect(buttons.sort()).toEqual([0, 0, 1])
  expect(messages.filter(({ text }) => /^Context: \{"command":"ls"/m.test(text))).toEqual([])

  const links = gate.mail.letters
    .filter(({ to }) => to === gate.admin.email)
    .flatMap(({ source }) => source.match(/https:\/\/sign\.example(\/answer\/[\w-]+)/)?.[1] ?? [])
  const pages = links.map(async (link) => (await gate.service.send('GET', link)).bytes)
  const texts = (await Promise.all(pages)).map((bytes) => new TextDecoder().decode(bytes))
  expect(texts.filter((text) => text.includes('drop table users'))).toHaveLength(2)
})

test('401 for whoever is not Telegram', async () => {
  const gate = await setUp()
  const [approve] = await readButtons(gate)
  await link(gate, 42, gate.admin.id)
  const json = { callback_query: { id: '1', from: { id: 42 }, data: approve } }
  for (const secret of [undefined, 'wrong', botToken]) {
    const headers = secret ? { 'x-telegram-bot-api-secret-token': secret } : {}
    expect((await gate.service.send('POST', callback, { json, headers })).status).toBe(401)
  }
  expect((await gate.readStatus()).status).toBe('pending')
})

test('403 and 404 where accounts are linked', async () => {
  const { ada, agent, admin } = await setUp()
  const path = '/api/admin/channel-identities'
  const json = { channel: 'telegram', external_user: '1', user_id: ada.id }
  for (const person of [ada, agent]) {
    expect((await person.send('POST', path, { json })).status).toBe(403)
  }
  const toAgent = { ...json, user_id: agent.id }
  expect((await admin.send('POST', path, { json: toAgent })).status).toBe(404)
  expect((await admin.send('DELETE', `${path}/telegram/1`)).status).toBe(404)
  expect((await admin.send('GET', path)).body.items).toEqual([])
})

/** The path of the link in the letter to somebody. */
async function readLink({ tellAll, mail }: SetUp, email: string): Promise<string> {
  await tellAll()
  const letter = mail.letters.find(({ to }) => to === email)
  return letter?.source.match(/https:\/\/sign\.example(\/answer\/[\w-]+)/)?.[1] ?? ''
}

const form = (fields: Record<string, string>) => ({
  raw: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
})

test('a link in a letter only shows, however often it is opened; the form behind it answers', async () => {
  const gate = await setUp()
  const { service, admin } = gate
  const path = await readLink(gate, admin.email)
  for (const method of ['GET', 'HEAD', 'GET', 'GET']) {
    expect((await service.send(method, path)).status).toBe(200)
  }
  const page = await service.send('GET', `${path}?verdict=approve`)
  const html = new TextDecoder().decode(page.bytes)
  expect(html).toContain('delete_data')
  expect(html).not.toContain('<script')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect((await gate.readStatus()).status).toBe('pending')

  expect((await service.send('POST', path, form({ verdict: 'deny' }))).status).toBe(409)
  expect((await gate.readStatus()).status).toBe('pending')
  const denied = form({ verdict: 'deny', comment: 'Not today.' })
  expect((await service.send('POST', path, denied)).status).toBe(200)
  expect(await gate.readStatus()).toMatchObject({
    status: 'denied',
    decided_by: admin.id,
    decision_reason: 'Not today.',
  })
  expect((await service.send('POST', path, form({ verdict: 'approve' }))).status).toBe(409)
  expect((await gate.readStatus()).status).toBe('denied')
})

test('a link stops counting with the person it was written to, and a guessed one counts for nothing', async () => {
  const gate = await setUp()
  const other = await gate.service.asSomebody('admin')
  const path = await readLink(gate, other.email)
  await gate.admin.send('PATCH', `/api/admin/users/${other.id}`, { json: { disabled: true } })
  expect((await gate.service.send('POST', path, form({ verdict: 'approve' }))).status).toBe(409)
  const guessed = `/answer/${'A'.repeat(22)}`
  for (const method of ['GET', 'POST']) {
    const options = method === 'POST' ? form({ verdict: 'approve' }) : {}
    expect((await gate.service.send(method, guessed, options)).status).toBe(404)
  }
  expect((await gate.readStatus()).status).toBe('pending')
})

test('a button’s token opens no letter, and a letter’s token is no button', async () => {
  const gate = await setUp()
  const [approve] = await readButtons(gate)
  const path = await readLink(gate, gate.admin.email)
  const token = approve.slice(2, -1)
  expect(
    (await gate.service.send('POST', `/answer/${token}`, form({ verdict: 'approve' }))).status,
  ).toBe(404)
  await link(gate, 42, gate.admin.id)
  const data = `a1${path.split('/').at(-1)}y`
  expect(await click(gate, 42, data)).toContain('There is no such thing')
  expect((await gate.readStatus()).status).toBe('pending')
})
