import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect } from '@countersign/db/client'
import { startMessagesApi } from '@countersign/demo/messages-api'
import { expect, inject, onTestFinished, test } from 'vitest'
import { listBreaches } from '../support/chaos/list-breaches.ts'
import { honestly, submitAny } from '../support/chaos/start-fleet.ts'
import { checkOut, findCommitBeforeMigration } from '../support/check-out.ts'
import { createFolder } from '../support/create-folder.ts'
import { runProcess } from '../support/run-process.ts'
import { processAdmin } from '../support/start-processes.ts'
import { claimRedis, createCallers, type Person } from '../support/start-service.ts'

const current = fileURLToPath(new URL('../../', import.meta.url))

/** What both releases share: a database that nobody has migrated yet, blobs, a model and Redis. */
async function createInstallation() {
  const name = `upgrade_${randomUUID().replaceAll('-', '')}`
  const { $client: server } = connect(inject('databaseServer'), { max: 1 })
  await server`create database ${server(name)}`
  const url = new URL(inject('databaseServer'))
  url.pathname = `/${name}`
  const db = connect(url.href)
  const model = await startMessagesApi({ script: honestly })
  onTestFinished(async () => {
    await model.close()
    await db.$client.end({ timeout: 5 })
    await server`drop database ${server(name)} with (force)`
    await server.end()
  })
  const env = {
    PORT: '0',
    DATABASE_URL: url.href,
    REDIS_URL: await claimRedis(),
    DATA_DIR: await createFolder(),
    ANTHROPIC_API_KEY: 'sk-test',
    ANTHROPIC_BASE_URL: model.url,
    ADMIN_EMAIL: processAdmin.email,
    ADMIN_PASSWORD: processAdmin.password,
    RATE_LIMIT_PER_MINUTE: '0',
  }
  return { db, env }
}

/** One release, started from its own folder with its own dependencies. */
function releaseAt(dir: string, env: NodeJS.Dict<string>) {
  return {
    async startApi() {
      const api = runProcess(join(dir, 'apps/api/src/main.ts'), env)
      const [, url = ''] = await api.untilPrinted(/listens on (\S+)/)
      return { ...api, callers: createCallers({ url }) }
    },
    async startWorker() {
      const worker = runProcess(join(dir, 'apps/worker/src/main.ts'), env)
      await worker.untilPrinted(/"msg":"working"/)
      return worker
    },
  }
}

type RunningApi = Awaited<ReturnType<ReturnType<typeof releaseAt>['startApi']>>

/** Submits through each of the APIs of the moment in turn, until stopped. */
function submitThrough(ada: Person, apis: Set<RunningApi>) {
  const answers: { status: number; id: string }[] = []
  let isStopped = false
  const submit = async () => {
    while (!isStopped) {
      for (const api of apis) {
        const { status, body } = await submitAny(api.callers.as(ada))
        answers.push({ status, id: body?.submission?.id })
      }
    }
  }
  const running = submit()
  return {
    answers,
    untilMore: (count = 5) => {
      const wanted = answers.length + count
      return expect.poll(() => answers.length, { timeout: 120_000 }).toBeGreaterThan(wanted)
    },
    stop() {
      isStopped = true
      return running
    },
  }
}

test('the release before and this one work side by side, and either can go first, without a refusal', async () => {
  const { db, env } = await createInstallation()
  const old = releaseAt(
    await checkOut(process.env.UPGRADE_FROM ?? findCommitBeforeMigration()),
    env,
  )
  const next = releaseAt(current, env)
  const oldApi = await old.startApi()
  const oldWorker = await old.startWorker()
  const ada = await oldApi.callers.logIn(processAdmin.email, processAdmin.password)
  const apis = new Set([oldApi])
  const traffic = submitThrough(ada, apis)
  await traffic.untilMore()
  const migrations = async () => (await db.$client`select * from migrations`).length
  const before = await migrations()

  // The first new process migrates under the old ones' feet.
  const newApi = await next.startApi()
  expect(await migrations()).toBeGreaterThan(before)
  apis.add(newApi)
  const newWorker = await next.startWorker()
  await traffic.untilMore()
  apis.delete(oldApi)
  await traffic.untilMore(2)
  expect(await oldApi.end()).toBe(0)
  expect(await oldWorker.end()).toBe(0)
  await traffic.untilMore()

  // Back again: the older release on the newer schema.
  const back = await old.startApi()
  const backWorker = await old.startWorker()
  apis.add(back)
  apis.delete(newApi)
  await traffic.untilMore(2)
  expect(await newApi.end()).toBe(0)
  expect(await newWorker.end()).toBe(0)
  await traffic.untilMore()
  await traffic.stop()

  expect(traffic.answers.filter(({ status }) => status !== 201)).toEqual([])
  const statuses = () => db.$client`select distinct status from submissions`
  await expect.poll(statuses, { timeout: 60_000 }).toEqual([{ status: 'approved' }])
  expect((await db.$client`select 1 from submissions`).length).toBe(traffic.answers.length)
  expect(await back.end()).toBe(0)
  expect(await backWorker.end()).toBe(0)
  expect(await listBreaches(db)).toEqual([])
})
