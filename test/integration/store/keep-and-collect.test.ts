import { join } from 'node:path'
import { createFileBlobStore } from '@countersign/bundles/blobs/file-blob-store'
import { collectBlobs } from '@countersign/core/store/collect-blobs'
import { purgeBundle } from '@countersign/core/submissions/purge-bundle'
import { createStore, createTransact } from '@countersign/db/store'
import { approve, block } from '@countersign/demo/model-replies'
import { readPolicy } from '@countersign/runtime/read-policy'
import { expect, test } from 'vitest'
import { aSkill, zip } from '../../support/bundles.ts'
import { startService } from '../../support/start-service.ts'

async function setUp() {
  const service = await startService({ script: block() })
  const ports = {
    store: createStore(service.db),
    transact: createTransact(service.db),
    policy: readPolicy(service.config),
    blobs: createFileBlobStore(join(service.config.DATA_DIR, 'blobs')),
  }
  const ada = await service.asSomebody()
  const { body } = await ada.submit()
  const blocked = await service.untilSettled(ada, body.submission.id)
  const age = (days: number) =>
    service.db.$client`update submissions set decided_at = now() - make_interval(days => ${days})`
  const ageBlobs = () => service.db.$client`update blobs set touched_at = now() - interval '2 days'`
  return { service, ports, ada, blocked, age, ageBlobs }
}

test('the bytes of a blocked bundle are given up after their time, and not before', async () => {
  const { service, ports, blocked, age, ageBlobs } = await setUp()
  await ageBlobs()
  expect(await purgeBundle(ports, { submissionId: blocked.id })).toBe(false)
  expect(await collectBlobs(ports)).toBe(0)

  await age(31)
  expect(await purgeBundle(ports, { submissionId: blocked.id })).toBe(true)
  expect(await purgeBundle(ports, { submissionId: blocked.id })).toBe(false)
  expect(await collectBlobs(ports)).toBe(1)
  expect(await ports.blobs.find(blocked.version_hash)).toBeUndefined()

  const admin = await service.asAdmin()
  const path = `/api/admin/store/submissions/${blocked.id}`
  const { body } = await admin.send('GET', path)
  expect(body).toMatchObject({ status: 'blocked_llm', bundle_purged_at: expect.any(String) })
  const codes = await Promise.all([
    admin.send('GET', `${path}/bundle.zip`),
    admin.send('POST', `${path}/override`, { json: { reason: 'let it through' } }),
    admin.send('POST', `${path}/rescan`),
  ])
  expect(codes.map(({ status, body }) => [status, body.code])).toEqual([
    [410, 'bundle_purged'],
    [409, 'bundle_purged'],
    [409, 'bundle_purged'],
  ])
})

test('TRAP D2: giving up what was blocked leaves what is live, and whoever installed it', async () => {
  const { service, ports, age, ageBlobs } = await setUp()
  service.model.follow(approve())
  const [bob, eve] = [await service.asSomebody(), await service.asSomebody()]
  const { body } = await bob.submit(aSkill({ name: 'served' }))
  await service.untilSettled(bob, body.submission.id)
  const path = `/api/store/entities/${body.id}`
  await eve.send('POST', `${path}/install`)
  service.model.follow(block())
  const file = { bytes: await zip(aSkill({ name: 'served', note: 'two' })), fileName: 'b.zip' }
  const { body: edited } = await bob.send('PUT', path, { form: { file } })
  await service.untilSettled(bob, edited.submission.id)
  await age(31)
  await ageBlobs()

  expect(await purgeBundle(ports, { submissionId: edited.submission.id })).toBe(true)
  expect(await purgeBundle(ports, { submissionId: body.submission.id })).toBe(false)
  await collectBlobs(ports)
  const { body: installs } = await eve.send('GET', '/api/store/installs')
  expect(installs.items).toMatchObject([{ id: body.id, version_no: 1 }])
  expect((await eve.send('GET', `${path}/versions/1/bundle.zip`)).status).toBe(200)
})

test('bytes that a live version shares with a purged one stay', async () => {
  const { service, ports, blocked, age, ageBlobs } = await setUp()
  const admin = await service.asAdmin()
  await age(31)
  const override = `/api/admin/store/submissions/${blocked.id}/override`
  await admin.send('POST', override, { json: { reason: 'known to be good' } })
  expect(await purgeBundle(ports, { submissionId: blocked.id })).toBe(false)
  await ageBlobs()
  expect(await collectBlobs(ports)).toBe(0)
  expect(await ports.blobs.find(blocked.version_hash)).toBeDefined()
})

test('an upload of bytes that are being collected stores them anew', async () => {
  const { service, ports, ada, blocked, age, ageBlobs } = await setUp()
  await age(31)
  await purgeBundle(ports, { submissionId: blocked.id })
  await ageBlobs()
  const { promise: deleting, resolve: reached } = Promise.withResolvers<void>()
  const { promise: allowed, resolve: allow } = Promise.withResolvers<void>()
  const collecting = collectBlobs({
    ...ports,
    blobs: {
      async delete(hash) {
        reached()
        await allowed
        await ports.blobs.delete(hash)
      },
    },
  })
  await deleting
  await service.db.$client`delete from entities`
  const uploading = ada.submit(aSkill())
  setTimeout(allow, 300)
  const [, uploaded] = await Promise.all([collecting, uploading])
  expect(uploaded.status).toBe(201)
  expect(await ports.blobs.find(uploaded.body.submission.version_hash)).toBeDefined()
})
