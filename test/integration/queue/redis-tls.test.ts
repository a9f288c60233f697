import { findFreePort } from '@countersign/runtime/free-port'
import { expect, onTestFinished, test } from 'vitest'
import { aSkill } from '../../support/bundles.ts'
import { createFolder } from '../../support/create-folder.ts'
import { makeCertificate } from '../../support/https-front.ts'
import { startRedis } from '../../support/redis-server.ts'
import { processAdmin, startProcesses } from '../../support/start-processes.ts'
import { createCallers } from '../../support/start-service.ts'

test('a Redis that speaks TLS alone and wants a password hands out reviews, to whoever trusts its certificate', async () => {
  const { keyPath, certPath } = await makeCertificate('localhost')
  const port = await findFreePort()
  const tls = ['--tls-port', `${port}`, '--tls-cert-file', certPath, '--tls-key-file', keyPath]
  const trust = ['--tls-ca-cert-file', certPath, '--tls-auth-clients', 'no']
  const flags = [...['--port', '0'], ...tls, ...trust, ...['--requirepass', 'open sesame']]
  const redis = await startRedis({ dir: await createFolder(), flags })
  onTestFinished(() => redis.stop())
  const REDIS_URL = `rediss://:open%20sesame@localhost:${port}`

  const { url } = await startProcesses({ REDIS_URL, NODE_EXTRA_CA_CERTS: certPath })
  const callers = createCallers({ url })
  const admin = await callers.logIn(processAdmin.email, processAdmin.password)
  const { body } = await admin.submit(aSkill())
  expect((await callers.untilSettled(admin, body.submission.id)).status).toBe('approved')
  expect((await callers.send('GET', '/health/ready')).status).toBe(200)
})
