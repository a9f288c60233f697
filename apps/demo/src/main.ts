import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { findFreePort } from '@countersign/runtime/free-port'
import { createClient } from '@countersign/sdk'
import { exhibits } from './bundles.ts'
import { startMessagesApi } from './messages-api.ts'
import { runService } from './run-service.ts'
import { scriptReviewer } from './script-reviewer.ts'
import { show } from './show.ts'

const { values } = parseArgs({ options: { exit: { type: 'boolean', default: false } } })
const email = 'admin@localhost'
const password = 'just-for-the-demo'
const say = (line = '') => void stdout.write(`${line}\n`)

const dir = await mkdtemp(join(tmpdir(), 'countersign-demo-'))
await chmod(dir, 0o755)
const model = await startMessagesApi({ script: scriptReviewer })
say('No model is asked: a local server speaks the Messages API and answers by a script.')
const service = await runService({
  PORT: String(await findFreePort()),
  DATA_DIR: dir,
  ADMIN_EMAIL: email,
  ADMIN_PASSWORD: password,
  ANTHROPIC_API_KEY: 'no-key-is-needed-here',
  ANTHROPIC_BASE_URL: model.url,
})
try {
  await showAll()
  if (!values.exit) await untilInterrupted()
} finally {
  await service.stop()
  await model.close()
  await rm(dir, { recursive: true, force: true })
}

async function showAll(): Promise<void> {
  const session = await createClient({ baseUrl: service.url }).identity.logIn({ email, password })
  const client = createClient({ baseUrl: service.url, token: session.access_token })
  say(`The service runs on ${service.url}. Log in as ${email} with the password ${password}.\n`)
  const { edit, ...first } = exhibits
  const shown = new Map<string, string>()
  for (const exhibit of [...Object.values(first), edit]) {
    const editOf = shown.get(exhibit.name)
    const { entityId, lines } = await show(client, { exhibit, dir, ...(editOf ? { editOf } : {}) })
    shown.set(exhibit.name, entityId)
    say(`• ${exhibit.title} (${exhibit.name})`)
    for (const line of lines) say(`    ${line}`)
    say(`    ${service.url}/console/entities/${entityId}\n`)
  }
}

async function untilInterrupted(): Promise<void> {
  say('Look around; Ctrl-C ends it.')
  await Promise.race([
    once(process, 'SIGINT'),
    once(process, 'SIGTERM'),
    once(process, 'disconnect'),
  ])
}
