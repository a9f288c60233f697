import type { Database } from '@countersign/db/client'
import type { RunningProcess } from '../../support/start-process.ts'
import { type Lab, makeFolder } from './lab.ts'
import { createSender, prepareJson, requireStatus } from './load.ts'

/** The service as processes of its own, over a database of its own. */
export interface BenchService {
  url: string
  token: string
  db: Database & { url: string }
  api: RunningProcess
  startWorker(env?: NodeJS.Dict<string>): Promise<RunningProcess>
}

const admin = { email: 'admin@example.com', password: 'correct horse battery' }

/** Starts an API; workers come when they are asked for. */
export async function startService(
  lab: Lab,
  { env = {}, db }: { env?: NodeJS.Dict<string>; db?: Database & { url: string } } = {},
): Promise<BenchService> {
  const database = db ?? (await lab.createDatabase())
  const shared = {
    PORT: '0',
    DATABASE_URL: database.url,
    REDIS_URL: lab.claimRedis(),
    DATA_DIR: makeFolder(lab),
    ANTHROPIC_API_KEY: 'sk-bench',
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    RATE_LIMIT_PER_MINUTE: '0',
    BLOCKED_QUOTA_PER_DAY: '0',
    LOG_LEVEL: 'warn',
    ...env,
  }
  const api = await lab.serve('apps/api/src/main.ts', shared)
  return {
    url: api.url,
    token: await logIn(api.url),
    db: database,
    api,
    async startWorker(more = {}) {
      const worker = lab.start('apps/worker/src/main.ts', {
        ...shared,
        ...more,
        METRICS_PORT: '0',
        LOG_LEVEL: 'info',
      })
      await worker.untilPrinted(/"msg":"working"/)
      return worker
    },
  }
}

/** A token of an agent that acts for the admin. */
export async function mintAgentToken({ url, token }: BenchService): Promise<string> {
  const request = prepareJson('/api/tokens', { name: 'agent', kind: 'agent' })
  const minted = requireStatus(await createSender(url, token)(request), 201)
  return JSON.parse(minted.body).token
}

async function logIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(admin),
  })
  const { access_token } = (await answer.json()) as { access_token: string }
  return access_token
}
