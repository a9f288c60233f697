import { compose } from '@countersign/api/compose'
import type { Api } from '@countersign/api/router'
import { createServer } from '@countersign/api/server'
import { expect, onTestFinished, test } from 'vitest'
import { startService } from '../../support/start-service.ts'

type ContextConfig = NonNullable<Parameters<Api['route']>[0]['config']>

test('a route that changes something and declares no gate stops the boot', async () => {
  const { config, log } = await startService({ withWorker: false })
  const services = await compose(config, log)
  onTestFinished(() => services.close())
  const build = (method: 'POST' | 'GET', config: ContextConfig) =>
    createServer(services, (app: Api) => {
      app.route({ method, url: '/api/new', config, handler: async () => ({}) })
    })
  await expect(build('POST', { access: 'anyone' })).rejects.toThrow(
    'POST /api/new does not say which gate it goes through.',
  )
  await expect(build('GET', { gate: 'none' })).rejects.toThrow('who may call it')
  const servers = [
    await build('POST', { access: 'anyone', gate: 'none' }),
    await build('GET', { access: 'anyone' }),
  ]
  await Promise.all(servers.map((server) => server.close()))
})
