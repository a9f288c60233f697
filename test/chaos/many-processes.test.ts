import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { approve, slow } from '@countersign/demo/model-replies'
import { expect, onTestFinished, test } from 'vitest'
import { as, openShop } from '../support/chaos/kill-at-steps.ts'
import { listBreaches } from '../support/chaos/list-breaches.ts'
import { startFleet, submitAny } from '../support/chaos/start-fleet.ts'
import { startS3Server, unpackS3Server } from '../support/s3-server.ts'
import { claimRedis } from '../support/start-service.ts'

test('two APIs and four workers are one service: told across, paused together, drained without a loss', async () => {
  const fleet = await startFleet({
    env: { REDIS_URL: await claimRedis(), WORKER_CONCURRENCY: '2', ...(await storeInS3()) },
    script: slow(400, approve()),
  })
  const { ada, callers, settle } = await openShop(fleet)
  const other = await fleet.start(['api'])
  const workers = await Promise.all(Array.from({ length: 4 }, () => fleet.start(['worker'])))
  const elsewhere = as(fleet, other, ada)

  const stream = await fetch(`${other.url}/api/events`, {
    headers: { authorization: `Bearer ${ada.token}` },
  })
  const heard = readUntil(stream, 'submission.approved')
  const { body } = await submitAny(ada)
  expect(await heard).toContain(body.submission.id)

  const admin = await callers.asAdmin()
  await admin.send('POST', '/api/admin/ops/pause')
  const sent = [
    ...(await Promise.all(Array.from({ length: 8 }, () => submitAny(ada)))),
    ...(await Promise.all(Array.from({ length: 8 }, () => submitAny(elsewhere)))),
  ]
  expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 201))
  expect(fleet.model.calls).toHaveLength(1)
  await admin.send('POST', '/api/admin/ops/resume')
  await fleet.model.waitForCalls(4)

  const leaving = workers.slice(0, 3).map((worker) => worker.stop())
  expect(Math.max(...(await Promise.all(leaving)))).toBeLessThan(30_000)
  await settle()
  const { id, version_no: n } = (await ada.send('GET', `/api/store/entities/${body.id}`)).body
  const served = await elsewhere.send('GET', `/api/store/entities/${id}/versions/${n}/bundle.zip`)
  expect(served.status).toBe(200)
  expect(await listBreaches(fleet.db)).toEqual([])
  const asked = fleet.model.calls.map(({ request }) => /skill-\d+/.exec(request.user)?.[0])
  expect(asked.length).toBe(new Set(asked).size)
})

/** A bucket in an S3 server of the test's own; where there is no such server, blobs stay in files. */
async function storeInS3(): Promise<NodeJS.Dict<string>> {
  const unpacked = unpackS3Server()
  if (!unpacked) return {}
  const server = await startS3Server(unpacked)
  onTestFinished(() => server.stop())
  const { endpoint, credentials } = server
  const bucket = 'countersign'
  const client = new S3Client({ region: 'us-east-1', endpoint, credentials, forcePathStyle: true })
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
  client.destroy()
  return {
    BLOB_STORE: 's3',
    S3_BUCKET: bucket,
    S3_ENDPOINT: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  }
}

/** Reads a stream of events until a word comes up; gives all that came. */
async function readUntil({ body }: Response, word: string): Promise<string> {
  let text = ''
  for await (const chunk of body ?? []) {
    text += new TextDecoder().decode(chunk)
    if (text.includes(word)) break
  }
  return text
}
