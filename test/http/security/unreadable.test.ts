import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { aPlugin, aSkill, description, zip } from '../../support/bundles.ts'
import { shareService } from '../../support/share-service.ts'
import { told } from '../../support/told.ts'

const service = shareService({ withWorker: false })
const headers = { 'content-type': 'application/json' }

describe('text that cannot be kept', () => {
  test.each([
    '/api/store/entities?q=%00',
    '/api/store/entities?owner=a%00b',
    '/api/store/entities?category=%00',
    '/api/admin/store/submissions?q=%00',
    '/api/admin/store/submissions?submitter=%00',
    '/api/admin/audit?action=%00',
    '/api/admin/audit?resource=%00',
    '/api/admin/audit?actor=%00',
    '/api/approvals?action=%00',
  ])('422 validation_failed for %s, and says where', async (path) => {
    const answer = await (await service().asAdmin()).send('GET', path)
    expect(told(answer)).toEqual([422, 'validation_failed'])
    const name = new URL(path, service().url).searchParams.keys().next().value
    expect(answer.body.errors).toEqual([{ path: name, message: 'holds a NUL' }])
  })

  test('404 for a path with a NUL, in the daemon’s words where it speaks', async () => {
    const ada = await service().asSomebody()
    expect(told(await ada.send('GET', '/api/tokens/%00'))).toEqual([404, 'not_found'])
    const { status, body } = await ada.send('GET', '/confirm/%00')
    expect([status, Object.keys(body)]).toEqual([404, ['error']])
  })

  test.each([
    ['name', 'a\0b'],
    ['description', `${description}\0`],
  ])('422 validation_failed for a form with a NUL in its %s', async (field, text) => {
    const file = { bytes: await zip(aSkill()), fileName: 'bundle.zip' }
    const form = { type: 'skill', description, [field]: text, file }
    const ada = await service().asSomebody()
    const answer = await ada.send('POST', '/api/store/entities', { form })
    expect(told(answer)).toEqual([422, 'validation_failed'])
  })

  test.each([
    ['a NUL', '\\u0000'],
    ['half of a character', '\\ud800'],
    ['the other half', '\\uDC00'],
  ])('422 validation_failed for a body that holds %s, however deep', async (_what, escaped) => {
    const ada = await service().asSomebody()
    const deep = `${'{"a":'.repeat(100_000)}"${escaped}"${'}'.repeat(100_000)}`
    for (const value of [`"${escaped}"`, deep]) {
      const raw = `{"kind":"user","name":${value}}`
      const answer = await ada.send('POST', '/api/tokens', { raw, headers })
      expect(told(answer)).toEqual([422, 'validation_failed'])
    }
  })

  test('201 for a whole character out of two halves', async () => {
    const ada = await service().asSomebody()
    const raw = '{"kind":"user","name":"\\ud83d\\ude00"}'
    const { status, body } = await ada.send('POST', '/api/tokens', { raw, headers })
    expect([status, body.name]).toEqual([201, '😀'])
  })

  test('422 validation_failed for an action that is asked about, not a failure of the gate', async () => {
    const ada = await service().asSomebody()
    const raw = '{"action":"deploy\\ud800","context":{}}'
    const answer = await ada.send('POST', '/api/gate/check', { raw, headers })
    expect(told(answer)).toEqual([422, 'validation_failed'])
  })
})

describe('a bundle that holds what cannot be kept', () => {
  test.each([
    ['a NUL', '\0'],
    ['half of a character', '\ud800'],
  ])('201 for %s in what it can do, which is shown as a replacement character', async (what, odd) => {
    const hook = { matcher: odd, hooks: [{ type: 'command', command: `echo ${odd}` }] }
    const server = { command: 'node', args: [odd], env: { [`A${odd}`]: odd } }
    const extra = {
      '.mcp.json': JSON.stringify({ mcpServers: { [`a${odd}b`]: server } }),
      'hooks/hooks.json': JSON.stringify({ hooks: { [`Stop${odd}`]: [hook] } }),
      'package.json': JSON.stringify({ dependencies: { [odd]: odd } }),
    }
    const name = `odd-${what.length}`
    const { status, body } = await (await service().asSomebody()).submit(aPlugin({ name, extra }), {
      type: 'plugin',
    })
    expect(status).toBe(201)
    const { hooks, mcp, dependencies } = body.submission.capabilities
    expect(hooks).toMatchObject([{ event: 'Stop\ufffd', matcher: '\ufffd', target: 'echo \ufffd' }])
    expect(mcp).toMatchObject([{ name: 'a\ufffdb', args: ['\ufffd'], env: ['A\ufffd=\ufffd'] }])
    expect(dependencies).toMatchObject([{ name: '\ufffd', version: '\ufffd' }])
  })
})

describe('what is no request', () => {
  /** Sends bytes as they are, and gives what comes back until the line is closed. */
  async function sendRaw(text: string): Promise<string> {
    const { port, hostname } = new URL(service().url)
    const socket = connect(Number(port), hostname)
    socket.write(text)
    let answer = ''
    for await (const chunk of socket) answer += chunk
    return answer
  }

  test.each([
    ['what is no HTTP', 'nonsense\r\n\r\n', 400, 'malformed_request'],
    ['headers without end', `GET / HTTP/1.1\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`, 413, 'too_large'],
  ])('a whole problem document for %s, and the line is closed', async (_what, text, status, code) => {
    const [head = '', body = ''] = (await sendRaw(text)).split('\r\n\r\n')
    const id = /^x-request-id: (.+)$/m.exec(head)?.[1]?.trim()
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(head).toMatch(/^content-type: application\/problem\+json/m)
    expect(JSON.parse(body)).toMatchObject({ status, code, request_id: id })
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
  })
})
