import { expect, test } from 'vitest'
import { startService } from '../support/start-service.ts'

test('docs/generated/openapi.json is what the server serves', async () => {
  const service = await startService({ withWorker: false })
  const { status, body } = await service.send('GET', '/openapi.json')
  expect(status).toBe(200)
  await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot(
    '../../docs/generated/openapi.json',
  )
})

test('200 the reference names every operation', async () => {
  const service = await startService({ withWorker: false })
  const [{ body: document }, page] = await Promise.all([
    service.send('GET', '/openapi.json'),
    service.send('GET', '/docs'),
  ])
  const html = new TextDecoder().decode(page.bytes)
  for (const path of Object.keys(document.paths)) expect(html).toContain(path)
})
