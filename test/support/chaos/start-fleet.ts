import { type MessagesApi, startMessagesApi } from '@countersign/demo/messages-api'
import { approve, block, type Reply } from '@countersign/demo/model-replies'
import { onTestFinished } from 'vitest'
import { aSkill } from '../bundles.ts'
import { createFolder } from '../create-folder.ts'
import { createDatabase } from '../database.ts'
import { type Answer, admin, type Callers, createCallers, type Person } from '../start-service.ts'
import { type FaultyProcess, type Role, startFaultyProcess } from './faulty-process.ts'

/** What a bundle says if it must never be served. The scripted model knows it by this. */
export const poison = 'this one must not pass'

/** Says no to what is poisoned, and yes to the rest. */
export const honestly: Reply = ({ user }) => (user.includes(poison) ? block() : approve())

export interface Fleet {
  db: Awaited<ReturnType<typeof createDatabase>>
  model: MessagesApi
  dataDir: string
  start(roles: readonly Role[], env?: NodeJS.Dict<string>): Promise<FaultyProcess>
  /** Those who call one of the fleet's APIs. */
  callersOf(process: Pick<FaultyProcess, 'url'>): Callers
}

/** What processes of one service share: a database, blobs, a model, and Redis if `env` names one. */
export async function startFleet(
  options: { env?: NodeJS.Dict<string>; script?: Reply } = {},
): Promise<Fleet> {
  const db = await createDatabase()
  const model = await startMessagesApi({ script: options.script ?? honestly })
  const dataDir = await createFolder()
  onTestFinished(() => model.close())
  const env = {
    DATABASE_URL: db.url,
    DATA_DIR: dataDir,
    ANTHROPIC_API_KEY: 'sk-test-key',
    ANTHROPIC_BASE_URL: model.url,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    RATE_LIMIT_PER_MINUTE: '0',
    BLOCKED_QUOTA_PER_DAY: '0',
    // Whoever probed last keeps the others from it for a while, so nobody comes to its steps for sure.
    PROBE_INTERVAL_S: '0',
    WEBHOOK_ALLOW_PRIVATE: 'true',
    ...options.env,
  }
  return {
    db,
    model,
    dataDir,
    start: (roles, more = {}) => startFaultyProcess(roles, { ...env, ...more }),
    callersOf: createCallers,
  }
}

let count = 0

/** Sends a skill like no other, poisoned or not. */
export function submitAny(
  person: Pick<Person, 'submit'>,
  { isPoisoned = false } = {},
): Promise<Answer> {
  count += 1
  return person.submit(
    aSkill({ name: `skill-${count}`, note: isPoisoned ? `Number ${count}: ${poison}.` : '' }),
  )
}
