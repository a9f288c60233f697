import { connect } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startService } from '../../support/start-service.ts'

/** Sends bytes as they are, and gives what comes back until the connection is closed. */
function sendRaw(url: string, text: string): Promise<string> {
  const { port, hostname } = new URL(url)
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(Number(port), hostname, () => socket.end(Buffer.from(text, 'latin1')))
    socket.setTimeout(5_000, () => socket.destroy())
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => {})
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
  })
}

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '../../../../etc/passwd',
    '..%2f..%2f..%2fetc%2fpasswd',
    '%00',
    '%c0%ae%c0%ae/',
    '{{7*7}}',
    "' or 1=1 --",
    '<script>alert(1)</script>',
    'a'.repeat(9_000),
  ),
)

const headerNames = [
  'authorization',
  'cookie',
  'if-match',
  'idempotency-key',
  'x-request-id',
  'range',
  'git-protocol',
  'content-type',
  'last-event-id',
  'x-forwarded-for',
  'if-none-match',
  'accept-encoding',
]

test('no path and no header makes the server fail, tell of its inside or leave its folder', async () => {
  const service = await startService({ withWorker: false })
  const { token } = await service.asSomebody()
  const host = new URL(service.url).host
  await fc.assert(
    fc.asyncProperty(
      hostileText,
      hostileText,
      fc.constantFrom(...headerNames),
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
      fc.constantFrom(
        '/',
        '/api/store/entities/',
        '/marketplace.git/',
        '/console/',
        '/api/store/submissions?q=',
      ),
      async (tail, value, name, method, base) => {
        const path = base + encodeURI(tail.toWellFormed()).replaceAll(/[\s#]/g, '')
        const clean = value.replaceAll(/[\r\n\0]/g, '')
        const headers = [`host: ${host}`, 'connection: close', `${name}: ${clean}`]
        if (name !== 'authorization') headers.push(`authorization: Bearer ${token}`)
        const answer = await sendRaw(
          service.url,
          `${method} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`,
        )
        const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)
        expect(status).toBeLessThan(500)
        expect(answer).not.toMatch(/root:x:0|node_modules|\bat \w+ \(|select .* from/i)
      },
    ),
    { numRuns: 150 },
  )
  expect((await service.send('GET', '/health')).status).toBe(200)
})

test('every answer says that it is not to be sniffed, framed or read as a page', async () => {
  const service = await startService({ withWorker: false })
  const person = await service.asSomebody()
  const { body } = await person.submit()
  const entity = `/api/store/entities/${body.id}`
  for (const path of [
    '/health',
    '/api/me',
    '/nowhere',
    entity,
    `${entity}/versions/1/files/SKILL.md`,
    '/openapi.json',
    '/docs',
  ]) {
    const { headers } = await person.send('GET', path)
    const seen = {
      path,
      sniff: headers.get('x-content-type-options'),
      frame: headers.get('x-frame-options'),
    }
    expect(seen).toEqual({ path, sniff: 'nosniff', frame: 'SAMEORIGIN' })
    expect([path, headers.get('content-security-policy')]).toEqual([
      path,
      expect.stringContaining("default-src 'none'"),
    ])
    expect(headers.get('x-powered-by')).toBeNull()
  }
})
