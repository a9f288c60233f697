import { randomUUID } from 'node:crypto'
import { connect, type Database } from '@countersign/db/client'
import { inject, onTestFinished } from 'vitest'
import { templateName } from './global-setup.ts'

/** Keeps something to be done at the end: of a test, or of all the tests of a file. */
export type AtEnd = (cleanUp: () => Promise<void>) => void

/** A migrated database of the test's own, dropped when the test ends. */
export async function createDatabase(
  atEnd: AtEnd = onTestFinished,
): Promise<Database & { url: string }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const { $client: server } = connect(inject('databaseServer'), { max: 1 })
  // Copied as files, and not through the log, which takes ten times as long.
  await server`create database ${server(name)} template ${server(templateName)} strategy file_copy`
  const url = new URL(inject('databaseServer'))
  url.pathname = `/${name}`
  const db = connect(url.href)

  atEnd(async () => {
    await db.$client.end({ timeout: 5 })
    await server`drop database ${server(name)} with (force)`
    await server.end()
  })
  return Object.assign(db, { url: url.href })
}
