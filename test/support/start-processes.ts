import { startMessagesApi } from '@countersign/demo/messages-api'
import { approve } from '@countersign/demo/model-replies'
import { inject, onTestFinished } from 'vitest'
import { createFolder } from './create-folder.ts'
import { createDatabase } from './database.ts'
import { runProcess } from './run-process.ts'

export const processAdmin = { email: 'admin@example.com', password: 'correct horse battery' }

/** An API and a worker, each a process of its own, over one database and one Redis. */
export async function startProcesses(env: NodeJS.Dict<string> = {}) {
  const db = await createDatabase()
  const model = await startMessagesApi({ script: approve() })
  const dataDir = await createFolder()
  onTestFinished(() => model.close())
  const shared = {
    PORT: '0',
    DATABASE_URL: db.url,
    REDIS_URL: inject('redisUrl').replace(/\/?$/, '/4000'),
    DATA_DIR: dataDir,
    ANTHROPIC_API_KEY: 'sk-test',
    ANTHROPIC_BASE_URL: model.url,
    ADMIN_EMAIL: processAdmin.email,
    ADMIN_PASSWORD: processAdmin.password,
    ...env,
  }
  const api = runProcess('apps/api/src/main.ts', shared)
  const [, url = ''] = await api.untilPrinted(/listens on (\S+)/)
  const worker = runProcess('apps/worker/src/main.ts', shared)
  await worker.untilPrinted(/"msg":"working"/)
  return { url, api, worker, db }
}
