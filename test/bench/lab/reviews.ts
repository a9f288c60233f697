import { setTimeout as sleep } from 'node:timers/promises'
import { submissions } from './bundles.ts'
import type { Lab } from './lab.ts'
import { createSender, measureRate, prepareEmpty, requireStatus } from './load.ts'
import type { BenchService } from './start-service.ts'

/** Starts a model that approves everything after a while. */
export async function startModel(lab: Lab, delayMs = 0): Promise<string> {
  const env = { DELAY_MS: String(delayMs) }
  return (await lab.serve('test/bench/baseline/model-server.ts', env)).url
}

/**
 * Has so many bundles reviewed by the workers that run, and gives the verdicts a second, from the first
 * to the last. They are all submitted before the first one is handed out.
 */
export async function measureReviews(
  { url, token, db }: BenchService,
  { count, bytes }: { count: number; bytes: number },
): Promise<number> {
  const send = createSender(url, token)
  const act = async (path: string) => requireStatus(await send(prepareEmpty(path)), 200)
  const { $client: sql } = db
  await act('/api/admin/ops/pause')
  const ids: string[] = []
  await measureRate(submissions(count, bytes), 8, async (submission) => {
    const { body } = requireStatus(await send(submission), 201)
    ids.push(JSON.parse(body).submission.id)
  })
  await act('/api/admin/ops/resume')
  for (;;) {
    const [row] = await sql<{ left: number; seconds: number; approved: number }[]>`
      select count(*) filter (where status = 'pending_llm')::int as left,
        count(*) filter (where status = 'approved')::int as approved,
        extract(epoch from max(updated_at) - min(updated_at))::float8 as seconds
      from submissions where id in ${sql(ids)}`
    if (row?.left === 0) {
      if (row.approved !== count) throw new Error(`Only ${row.approved} of ${count} were approved.`)
      return (count - 1) / row.seconds
    }
    await sleep(50)
  }
}
