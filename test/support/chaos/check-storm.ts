import { join } from 'node:path'
import { createFileBlobStore } from '@countersign/bundles/blobs/file-blob-store'
import { createBundleShelf } from '@countersign/bundles/bundle-shelf'
import type { Database } from '@countersign/db/client'
import { expect } from 'vitest'
import { readWithYauzl } from '../read-with-yauzl.ts'
import type { Heard } from '../receiver.ts'
import type { Person } from '../start-service.ts'
import { until } from '../until.ts'
import { poison } from './start-fleet.ts'
import type { Acknowledged } from './submit-steadily.ts'

/** Waits until nothing is under review any more, and every event was told. */
export async function untilCalm(db: Database, told: string): Promise<void> {
  await until(async () => {
    const waiting = await db.$client`
        select id, hold_reason, failures, due_at - now() as due_in, lease_id from submissions
        where status = 'pending_llm'`
    expect(waiting, told).toEqual([])
  }, 90_000)
  // A delivery that failed waits for minutes. Here they pass at once.
  await db.$client`update webhook_deliveries set due_at = now() where status = 'pending'`
  await until(async () => {
    const left = await db.$client`
        select status, error from webhook_deliveries where status <> 'delivered'
        union select 'unsequenced', null from events where seq is null`
    expect(left, told).toEqual([])
    // Whoever took one to send it and died holds it for the minute of its lease.
  }, 90_000)
}

/** Nothing lost: what was acknowledged came to the verdict it deserved, and was told. */
export async function checkKept(
  db: Database,
  { acknowledged, heard, told }: { acknowledged: Acknowledged[]; heard: Heard[]; told: string },
): Promise<void> {
  const rows = await db.$client`select id, status from submissions`
  const statusOf = new Map(rows.map(({ id, status }) => [id, status]))
  for (const { submissionId, isPoisoned, isGivenUp } of acknowledged) {
    const verdict = isPoisoned ? 'blocked_llm' : 'approved'
    const allowed = isGivenUp ? [verdict, 'withdrawn'] : [verdict]
    expect(allowed, told).toContain(statusOf.get(submissionId))
  }
  const events = await db.$client`select id from events`
  const ids = new Set(heard.map(({ headers }) => headers['webhook-id']))
  expect(ids, told).toEqual(new Set(events.map(({ id }) => id)))
}

/** Nothing served that must not be: every live bundle is whole, and is no poison. */
export async function checkServed(
  db: Database,
  { dir, reader, told }: { dir: string; reader: Person; told: string },
): Promise<void> {
  const shelf = createBundleShelf(createFileBlobStore(join(dir, 'blobs')))
  const live = await db.$client`
    select entities.id, live_n, hash from entities join renditions
      on renditions.entity_id = entities.id and renditions.n = live_n
      and renditions.slug = entities.slug
    where visibility_status = 'approved'`
  for (const { id, live_n: n, hash } of live) {
    expect(await shelf.isIntact(hash), told).toBe(true)
    const path = `/api/store/entities/${id}/versions/${n}/bundle.zip`
    const { status, bytes } = await reader.send('GET', path)
    expect(status, told).toBe(200)
    const words = (await readWithYauzl(bytes)).map(([, text]) => text).join('\n')
    expect(words, told).not.toContain(poison)
    await reader.send('POST', `/api/store/entities/${id}/install`)
  }
  const { bytes } = await reader.send('GET', '/marketplace.zip')
  const words = (await readWithYauzl(bytes)).map(([, text]) => text).join('\n')
  expect(words, told).not.toContain(poison)
}
