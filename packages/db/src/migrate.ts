import { readdir, readFile } from 'node:fs/promises'
import type { Database } from './client.ts'

const directory = new URL('../migrations/', import.meta.url)

/**
 * Applies the migrations that this database lacks, each in its own transaction, in the order of their
 * names. Any number of processes may call it at once: one works, the others wait and find it done.
 */
export async function migrate({ $client: sql }: Database): Promise<void> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  for (const name of files) await applyOnce(sql, name)
}

function applyOnce(sql: Database['$client'], name: string) {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('countersign.migrations'))`
    await tx`
      create table if not exists migrations (
        name text primary key,
        applied_at timestamptz not null default now()
      )`
    const [applied] = await tx`select 1 from migrations where name = ${name}`
    if (applied) return
    await tx.unsafe(await readFile(new URL(name, directory), 'utf8'))
    await tx`insert into migrations (name) values (${name})`
  })
}
