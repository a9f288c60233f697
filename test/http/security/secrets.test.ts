import { expect, test } from 'vitest'
import { aSkill, description, zip } from '../../support/bundles.ts'
import { startProcesses } from '../../support/start-processes.ts'

/** What must never be seen again, wherever it was sent in. */
const planted = {
  apiKey: 'sk-planted-api-key-7d1f',
  adminPassword: 'planted-admin-password-3b2c',
  userPassword: 'planted-user-password-9a8e',
  wrongPassword: 'planted-wrong-password-5c4d',
  webhookSecret: `whsec_${Buffer.from('planted-webhook-secret-1f2e').toString('base64')}`,
  bundleText: 'planted-text-of-a-bundle-6e5f',
}

test('no log line of any process has a password, a key, a token or a bundle in it, at any level', async () => {
  const { url, api, worker } = await startProcesses({
    LOG_LEVEL: 'trace',
    ANTHROPIC_API_KEY: planted.apiKey,
    ADMIN_PASSWORD: planted.adminPassword,
    ADMIN_EMAIL: 'admin@example.com',
  })
  const secrets: string[] = Object.values(planted)
  let token = ''
  const send = async (method: string, path: string, body?: unknown) => {
    const isForm = body instanceof FormData
    const answer = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    })
    const set = answer.headers.getSetCookie().map((cookie) => cookie.split(/[=;]/)[1] ?? '')
    secrets.push(...set.filter((value) => value.length > 10))
    return answer.json() as Promise<Record<string, string>>
  }
  const login = await send('POST', '/api/auth/token', {
    email: 'admin@example.com',
    password: planted.adminPassword,
  })
  token = login.access_token ?? ''
  await send('POST', '/api/auth/token', {
    email: 'admin@example.com',
    password: planted.wrongPassword,
  })
  await send('POST', '/api/admin/users', {
    email: 'new@example.com',
    password: planted.userPassword,
  })
  const agent = await send('POST', '/api/tokens', { name: 'agent', kind: 'agent' })
  const hook = {
    url: 'https://hooks.example.com/here',
    events: ['*'],
    secret: planted.webhookSecret,
  }
  await send('POST', '/api/admin/webhooks', hook)
  const form = new FormData()
  form.set('type', 'skill')
  form.set('description', description)
  form.set('file', new Blob([await zip(aSkill({ note: planted.bundleText }))]), 'bundle.zip')
  await send('POST', '/api/store/entities', form)
  await worker.untilPrinted(/"msg":"verdict reached"/)
  await Promise.all([api.end(), worker.end()])

  secrets.push(token, agent.token ?? '')
  const output = api.output() + worker.output()
  expect(output).toContain('"msg":"request completed"')
  const valuable = secrets.filter((secret) => secret.length > 0)
  expect(valuable.length).toBeGreaterThan(8)
  expect(valuable.filter((secret) => output.includes(secret))).toEqual([])
})
