import { request } from 'node:http'
import { expect, test } from 'vitest'
import { aSkill } from '../support/bundles.ts'
import { type Person, startService } from '../support/start-service.ts'

/** Begins an upload, and leaves off in the middle until told to end. */
async function beginUpload(url: string, { token }: Person): Promise<{ giveUp(): Promise<void> }> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'multipart/form-data; boundary=frontier',
  }
  const upload = request(`${url}/api/store/entities`, { method: 'POST', headers })
  upload.on('error', () => {})
  const head = 'content-disposition: form-data; name="file"; filename="bundle.zip"'
  const sent = new Promise<void>((resolve) => {
    upload.write(`--frontier\r\n${head}\r\n\r\nPK`, () => resolve())
  })
  await sent
  return {
    async giveUp() {
      const closed = new Promise((resolve) => upload.once('close', resolve))
      upload.destroy()
      await closed
    },
  }
}

test('503 with retry-after while as many uploads are in hand as may be; everything else is answered', async () => {
  const { url, asSomebody } = await startService({ env: { UPLOADS_MAX: '1' }, withWorker: false })
  const ada = await asSomebody()
  const slow = await beginUpload(url, ada)
  const statusOf = async (name: string) => (await ada.submit(aSkill({ name }))).status
  await expect.poll(() => statusOf('first')).toBe(503)
  const refused = await ada.submit(aSkill({ name: 'second' }))
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('5')
  expect(refused.body).toMatchObject({ code: 'unavailable', retry_after_s: 5 })
  expect((await ada.send('GET', '/api/me')).status).toBe(200)

  await slow.giveUp()
  await expect.poll(() => statusOf('third')).toBe(201)
  // What was refused took no place of those that are let in.
  expect(await statusOf('fourth')).toBe(201)
})

test('an upload whose sender is gone before it was known who they are takes no place', async () => {
  const { promise: known, resolve: tell } = Promise.withResolvers<void>()
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
  let isSlow = false
  const service = await startService({
    env: { UPLOADS_MAX: '1' },
    withWorker: false,
    overrides: {
      around(services) {
        const { reads } = services
        const findCaller = async (hash: Uint8Array) => {
          if (isSlow) ask()
          if (isSlow) await known
          return reads.findCaller(hash)
        }
        return { ...services, reads: { ...reads, findCaller } }
      },
    },
  })
  const ada = await service.asSomebody()
  isSlow = true
  const upload = await beginUpload(service.url, ada)
  await asked
  await upload.giveUp()
  for (const _ of [1, 2]) await service.send('GET', '/health')
  isSlow = false
  tell()
  await expect.poll(async () => (await ada.submit()).status).toBe(201)
})
