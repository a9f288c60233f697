import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '@countersign/db/client'
import { migrate } from '@countersign/db/migrate'
import { startEmbeddedPostgres } from '@countersign/runtime/embedded-postgres'
import type { TestProject } from 'vitest/node'
import { findSecrets } from './find-secrets.ts'
import { startRedis } from './redis-server.ts'
import { createRunFolder } from './run-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's address, with a database to be replaced by the test's own. */
    databaseServer: string
    redisUrl: string
    /** The file that services log to. */
    serviceLog: string
    /** Where the run writes what it forgets. */
    runFolder: string
  }
}

/** The database that every test copies: copying takes milliseconds, migrating takes seconds. */
export const templateName = 'countersign_template'

/**
 * Starts the PostgreSQL and the Redis that the tests share, each private to this run.
 *
 * @public
 */
export async function setup(project: TestProject) {
  const dir = createRunFolder()
  const settings = { max_connections: '400' }
  const [postgres, redis] = await Promise.all([
    startEmbeddedPostgres({ dir: join(dir, 'postgres'), isDurable: false, settings }),
    startRedis({ dir: join(dir, 'redis') }),
  ])
  await prepareTemplate(postgres.url)
  project.provide('databaseServer', postgres.url())
  project.provide('redisUrl', redis.url)
  const log = join(dir, 'service.log')
  project.provide('serviceLog', log)
  project.provide('runFolder', dir)

  return async () => {
    await Promise.all([postgres.stop(), redis.stop()])
    const found = await findSecrets(log)
    rmSync(dir, { recursive: true, force: true })
    if (found.length > 0) throw new Error(`Secrets were logged:\n${found.join('\n')}`)
  }
}

async function prepareTemplate(url: (database?: string) => string) {
  const { $client: server } = connect(url())
  await server`create database ${server(templateName)}`
  await server.end()
  const template = connect(url(templateName))
  await migrate(template)
  await template.$client.end()
}
