import { expect, test } from 'vitest'
import { check, decide, expireAll, startGate } from '../../support/approvals.ts'
import { startMailServer } from '../../support/mail-server.ts'
import { openSandbox } from '../../support/open-sandbox.ts'
import { type Reply, startReceiver } from '../../support/receiver.ts'
import { createTeller } from '../../support/tell.ts'

const action = 'deploy_production'
const context = { env: 'production', note: '<@everyone> & <b>' }

/** A Telegram that takes messages, unless it is told to fail. */
const telegramSays = (fails: boolean) => (): Reply =>
  fails
    ? { status: 502, body: { ok: false, description: 'Bad Gateway' } }
    : { body: { ok: true, result: { message_id: 77 } } }

async function setUp({ telegramFails = false, discordFails = false, env = {} } = {}) {
  const gate = await startGate()
  const telegram = await startReceiver(telegramSays(telegramFails))
  const discord = await startReceiver(() =>
    discordFails ? { status: 500 } : { body: { id: '9001' } },
  )
  const teller = createTeller(gate.db, {
    PUBLIC_URL: 'https://sign.example',
    TELEGRAM_BASE_URL: telegram.url,
    TELEGRAM_BOT_TOKEN: '123:bot-secret',
    TELEGRAM_CHAT_ID: '-100500',
    DISCORD_WEBHOOK_URL: `${discord.url}/api/webhooks/1/hook-secret`,
    ...env,
  })
  openSandbox()
  const ask = async () => {
    const { status, body } = await check(gate.agent, action, context, { reason: 'Ship 2.0' })
    expect(status).toBe(202)
    return body.approval_id as string
  }
  return { ...gate, ...teller, telegram, discord, ask }
}

const read = (text = '{}') => JSON.parse(text)

test('S2-31 S2-32 Telegram is asked first, and told what, who, why, which, and how to answer', async () => {
  const { ask, tellAll, telegram, discord, ada } = await setUp()
  const approvalId = await ask()
  expect(await tellAll()).toEqual(['told'])
  expect(discord.heard).toEqual([])
  const [sent] = telegram.heard
  expect(sent?.path).toBe('/bot123:bot-secret/sendMessage')
  const message = read(sent?.text)
  expect(message.chat_id).toBe('-100500')
  for (const part of [action, 'Ship 2.0', approvalId, `"env":"production"`, 'Asked by: ']) {
    expect(message.text).toContain(part)
  }
  expect(message.text).toContain(`https://sign.example/console/approvals/${approvalId}`)
  expect(message.text).not.toContain(ada.email)
  const [buttons] = message.reply_markup.inline_keyboard
  expect(buttons.map(({ text }: { text: string }) => text)).toEqual(['Approve', 'Deny'])
  for (const { callback_data: data } of buttons) expect(data).toMatch(/^a1[\w-]{22}[yn]$/)
})

test('S2-31 Discord is asked if Telegram fails, and calls nobody by what an agent wrote', async () => {
  const { ask, tellAll, discord, lines } = await setUp({ telegramFails: true })
  await ask()
  expect(await tellAll()).toEqual(['told'])
  const [sent] = discord.heard
  expect(sent?.path).toBe('/api/webhooks/1/hook-secret?wait=true')
  expect(read(sent?.text)).toMatchObject({
    content: expect.stringContaining(action),
    allowed_mentions: { parse: [] },
  })
  expect(lines.filter(({ level }) => level === 'warn')).toEqual([])
})

test('S2-31 if nobody can be told, a warning names the request, and it is tried again', async () => {
  const service = await setUp({ telegramFails: true, discordFails: true })
  const { ask, tellAll, hurry, lines, telegram, discord } = service
  const approvalId = await ask()
  expect(await tellAll()).toEqual(['pending'])
  expect(lines).toEqual([
    expect.objectContaining({
      level: 'warn',
      msg: 'nobody could be told',
      about: `approval:${approvalId}`,
      errors: ['Telegram answered 502. Bad Gateway', 'Discord answered 500.'],
    }),
  ])
  expect(JSON.stringify(lines)).not.toMatch(/secret/)
  for (let round = 0; round < 4; round += 1) {
    await hurry()
    await tellAll()
  }
  expect(await tellAll()).toEqual(['untold'])
  expect([telegram.heard.length, discord.heard.length]).toEqual([5, 5])
})

test('S2-31 where no channel is configured, the warning comes at once and the request stands', async () => {
  const gate = await startGate()
  const { tellAll, lines } = createTeller(gate.db, {})
  const { body } = await check(gate.agent, action, context)
  expect(await tellAll()).toEqual(['untold'])
  expect(lines).toMatchObject([{ level: 'warn', about: `approval:${body.approval_id}` }])
  expect((await decide(gate.admin, body.approval_id)).status).toBe(200)
})

test('the message that asked says what became of it, and its buttons are gone', async () => {
  const { ask, tellAll, telegram, admin } = await setUp()
  const approvalId = await ask()
  await tellAll()
  await decide(admin, approvalId, 'deny', { comment: 'Not before the weekend.' })
  expect(await tellAll()).toEqual(['told', 'told'])
  const [, edit] = telegram.heard
  expect(edit?.path).toBe('/bot123:bot-secret/editMessageText')
  expect(read(edit?.text)).toMatchObject({
    message_id: 77,
    reply_markup: { inline_keyboard: [] },
    text: expect.stringMatching(/^Denied: deploy_production.*Not before.*Denied by admin/s),
  })
})

test('a Discord message is brought up to date, and so is one whose time is over', async () => {
  const { ask, tellAll, discord, db } = await setUp({ telegramFails: true })
  await ask()
  await tellAll()
  await expireAll(db)
  await db.$client`select retire_overdue(10)`
  await tellAll()
  expect(discord.heard[1]).toMatchObject({
    method: 'PATCH',
    path: '/api/webhooks/1/hook-secret/messages/9001',
    text: expect.stringContaining('Expired unanswered'),
  })
})

test('Slack, whose messages cannot be changed, is told the outcome in another one', async () => {
  const slack = await startReceiver()
  const { ask, tellAll, admin } = await setUp({
    telegramFails: true,
    discordFails: true,
    env: { SLACK_WEBHOOK_URL: `${slack.url}/services/T/B/secret` },
  })
  const approvalId = await ask()
  await tellAll()
  await decide(admin, approvalId)
  await tellAll()
  expect(slack.heard.map(({ text }) => read(text).text)).toEqual([
    `May this run? ${action}`,
    `Approved: ${action}`,
  ])
})

test('nobody is asked about what was decided before the question could go out', async () => {
  const { ask, tellAll, telegram, discord, admin } = await setUp()
  await decide(admin, await ask())
  expect(await tellAll()).toEqual(['needless', 'told'])
  expect([...telegram.heard, ...discord.heard]).toEqual([])
})

test('what is decided while the question goes out does not go on looking open', async () => {
  const service = await setUp()
  const { ask, admin, db } = service
  const approvalId = await ask()
  const slow = await startReceiver(async (_, count) => {
    if (count === 1) await decide(admin, approvalId)
    return telegramSays(false)()
  })
  const env = { TELEGRAM_BASE_URL: slow.url, TELEGRAM_BOT_TOKEN: '1:t', TELEGRAM_CHAT_ID: '5' }
  await createTeller(db, env).tellAll()
  const last = slow.heard.at(-1)
  expect(last?.path).toBe('/bot1:t/editMessageText')
  expect(read(last?.text).text).toContain('Approved by admin')
})

test('a worker that dies before a message is out loses nothing, and one that dies after doubles nothing', async () => {
  const { ask, tellAll, hurry, telegram, db } = await setUp()
  await ask()
  const killed = AbortSignal.abort(new Error('killed'))
  await expect(tellAll(killed)).rejects.toThrow('killed')
  expect(telegram.heard).toEqual([])
  await hurry()
  expect(await tellAll()).toEqual(['told'])
  expect(telegram.heard).toHaveLength(1)

  // As if it had died between the message and the end of its work.
  await db.$client`update notices set status = 'pending', due_at = now()`
  expect(await tellAll()).toEqual(['told'])
  expect(telegram.heard).toHaveLength(1)
})

test('a request in a workspace below is told to those above, and says where it comes from', async () => {
  const { admin, agent, ada, tellAll, telegram } = await setUp()
  const parent = await admin.send('POST', '/api/workspaces', { json: { name: 'company' } })
  const child = await admin.send('POST', '/api/workspaces', {
    json: { name: 'shop', parent_id: parent.body.id },
  })
  for (const { body } of [parent, child]) {
    const path = `/api/workspaces/${body.id}/members`
    for (const { id } of [ada, agent]) await admin.send('PUT', `${path}/${id}`, { json: {} })
  }
  const { status } = await check(agent, action, context, { workspace_id: child.body.id })
  expect(status).toBe(202)
  expect(await tellAll()).toEqual(['told', 'told'])
  const texts = telegram.heard.map(({ text }) => read(text).text)
  expect(texts[0]).toContain('Workspace: shop\n')
  expect(texts[1]).toContain('Workspace: shop, below company\n')
})

test('those who decide are written to, those who ask are not, and no letter goes out twice', async () => {
  const { url, letters } = await startMailServer()
  const { service, ask, tellAll, hurry, admin, db } = await setUp({
    telegramFails: true,
    discordFails: true,
    env: { SMTP_URL: url },
  })
  const other = await service.asSomebody('admin')
  const approvalId = await ask()
  // Mail reached people; the chats did not, and are tried again.
  expect(await tellAll()).toEqual(['pending'])
  await hurry()
  await tellAll()
  expect(letters.map(({ to }) => to).sort()).toEqual([admin.email, other.email].sort())
  expect(letters[0]?.source).toContain(approvalId)
  expect(letters[0]?.source).toMatch(/https:\/\/sign\.example\/answer\/[\w-]{22}/)
  const tokens = await db.$client`select principal_id from answer_tokens where channel = 'email'`
  expect(new Set(tokens.map(({ principal_id: id }) => id))).toEqual(new Set([admin.id, other.id]))
})
