import { randomUUID } from 'node:crypto'
import { type RunningApi, startApi } from '@countersign/api/start-api'
import { startMessagesApi } from '@countersign/demo/messages-api'
import { approve, type Reply } from '@countersign/demo/model-replies'
import { type Config, loadConfig } from '@countersign/runtime/config'
import { createLogger } from '@countersign/runtime/logger'
import { startWorker } from '@countersign/worker/start-worker'
import { Redis } from 'ioredis'
import { inject, onTestFinished } from 'vitest'
import { aSkill, description, type Files, zip } from './bundles.ts'
import { createFolder } from './create-folder.ts'
import { type AtEnd, createDatabase } from './database.ts'
import { serviceLog } from './service-log.ts'
import { until } from './until.ts'

export interface ServiceOptions {
  /** What the model says. */
  script?: Reply
  env?: NodeJS.Dict<string>
  engine?: 'redis' | 'postgres'
  /** Parts of the API that the test takes away or watches. */
  overrides?: Parameters<typeof startApi>[2]
  /** `false`: nobody reviews. */
  withWorker?: boolean
  /** How often a batch is asked about before it has ended. */
  batchPolls?: number
}

export const admin = { email: 'admin@example.com', password: 'correct horse battery' }

/** A whole service of the test's own: API, worker, database, and a model that answers by a script. */
export async function startService(options: ServiceOptions = {}, atEnd: AtEnd = onTestFinished) {
  const db = await createDatabase(atEnd)
  const model = await startMessagesApi({
    script: options.script ?? approve(),
    ...(options.batchPolls === undefined ? {} : { batchPolls: options.batchPolls }),
  })
  const dataDir = await createFolder(atEnd)
  const config = loadConfig({
    PORT: '0',
    DATABASE_URL: db.url,
    DATA_DIR: dataDir,
    ANTHROPIC_API_KEY: 'sk-test-key',
    ANTHROPIC_BASE_URL: model.url,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    RATE_LIMIT_PER_MINUTE: '0',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'trace',
    ...(options.engine === 'redis' ? { REDIS_URL: await claimRedis() } : {}),
    ...options.env,
  }) as Config & { DATABASE_URL: string }
  // A level that somebody asks for is for them to read. Everything else is searched for secrets.
  const destination = process.env.TEST_LOG_LEVEL ? process.stdout : serviceLog
  const log = createLogger('test', config.LOG_LEVEL, { destination })
  const api = await startApi(config, log, options.overrides)
  const worker = options.withWorker === false ? undefined : await startWorker(config, log)
  atEnd(async () => {
    await Promise.all([api.stop(), worker?.stop()])
    await model.close()
  })
  return { ...createCallers(api), api, worker, model, db, config, log }
}

export type Service = Awaited<ReturnType<typeof startService>>

/** A Redis database of the test's own: the queue has the same name in every one of them. */
export async function claimRedis(): Promise<string> {
  const url = new URL(inject('redisUrl'))
  const redis = new Redis(url.href)
  url.pathname = `/${await redis.incr('databases claimed')}`
  redis.disconnect()
  return url.href
}

/** Whatever the server said, to be looked at by name. */
type Json = ReturnType<typeof JSON.parse>

export interface Answer {
  status: number
  headers: Headers
  body: Json
  bytes: Uint8Array
}

export interface SendOptions {
  json?: unknown
  form?: Readonly<Record<string, string | { bytes: Uint8Array<ArrayBuffer>; fileName: string }>>
  headers?: Readonly<Record<string, string>>
  raw?: string
}

export type Send = (method: string, path: string, options?: SendOptions) => Promise<Answer>

export interface Callers {
  url: string
  send: Send
  logIn(email: string, password: string): Promise<Person>
  asAdmin(): Promise<Person>
  /** Somebody who has a token already, from here or from another API of the same service. */
  as(identity: Pick<Person, 'id' | 'email' | 'token'>): Person
  /** Makes somebody new. */
  asSomebody(role?: 'user' | 'admin'): Promise<Person & { password: string }>
  /** An agent of somebody's. */
  asAgentOf(owner: Person): Promise<Person>
  /** Reads a submission until it has left `pending_llm`, or is as wanted. */
  untilSettled(
    person: Person,
    submissionId: string,
    isSettled?: (submission: Json) => boolean,
  ): Promise<Json>
}

/** Somebody with a token. */
export interface Person {
  id: string
  email: string
  token: string
  send: Send
  /** Sends files as a new bundle. */
  submit(files?: Files, fields?: Readonly<Record<string, string>>): Promise<Answer>
}

/** Those who call the service at an address. */
export function createCallers({ url }: Pick<RunningApi, 'url'>): Callers {
  const send = createSend(url)

  const logIn = async (email: string, password: string): Promise<Person> => {
    const { body } = await send('POST', '/api/auth/token', { json: { email, password } })
    return become(url, { id: body.user.id, email, token: body.access_token })
  }
  const asAdmin = () => logIn(admin.email, admin.password)
  /** Checking a password costs what it should: who makes people logs in once. */
  let maker: Promise<Person> | undefined

  const asSomebody = async (role: 'user' | 'admin' = 'user') => {
    const email = `${role}-${randomUUID().slice(0, 8)}@example.com`
    const password = randomUUID()
    maker ??= asAdmin()
    await (await maker).send('POST', '/api/admin/users', { json: { email, password, role } })
    return { ...(await logIn(email, password)), password }
  }

  return {
    url,
    send,
    logIn,
    asAdmin,
    as: (identity) => become(url, identity),

    asSomebody,

    async asAgentOf(owner: Person): Promise<Person> {
      const json = { name: 'helper', kind: 'agent' }
      const { body } = await owner.send('POST', '/api/tokens', { json })
      return become(url, { id: body.principal_id, email: owner.email, token: body.token })
    },

    async untilSettled(person, submissionId, isSettled = ({ status }) => status !== 'pending_llm') {
      return until(async () => {
        const path = `/api/store/submissions/${submissionId}`
        const { body } = await person.send('GET', path)
        if (!isSettled(body)) throw new Error(`It is ${body.status}, ${body.hold_reason}.`)
        return body
      })
    },
  }
}

function become(url: string, identity: { id: string; email: string; token: string }): Person {
  const send = createSend(url, identity.token)
  return {
    ...identity,
    send,
    async submit(files = aSkill(), fields = {}) {
      const file = { bytes: await zip(files), fileName: 'bundle.zip' }
      const form = { type: 'skill', description, ...fields, file }
      return send('POST', '/api/store/entities', { form })
    },
  }
}

function createSend(url: string, token?: string): Send {
  return async (method, path, { json, form, headers = {}, raw } = {}) => {
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: form ? toForm(form) : (raw ?? JSON.stringify(json) ?? null),
    })
    const bytes = new Uint8Array(await response.arrayBuffer())
    return { status: response.status, headers: response.headers, body: parse(bytes), bytes }
  }
}

function toForm(fields: NonNullable<SendOptions['form']>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.set(name, value)
    else form.set(name, new Blob([value.bytes]), value.fileName)
  }
  return form
}

function parse(bytes: Uint8Array): Json {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
