import { setTimeout as sleep } from 'node:timers/promises'
import { startMessagesApi } from '@countersign/demo/messages-api'
import { approve } from '@countersign/demo/model-replies'
import { submissions } from '../lab/bundles.ts'
import { createSender, requireStatus } from '../lab/load.ts'
import { startService } from '../lab/start-service.ts'
import { percentile } from '../median.ts'
import type { BenchRow } from '../row.ts'

const [warmUp, count, bytes] = [20, 200, 2_048]

export const startLatency: BenchRow = {
  id: 'start-latency-p99-ms',
  what: 'from the 201 to the claim of the review, idle: p99',
  unit: 'ms',
  judged: 'value',
  goal: { max: 50 },

  async measure(lab) {
    const model = await startMessagesApi({ script: approve() })
    const service = await startService(lab, { env: { ANTHROPIC_BASE_URL: model.url } })
    await service.startWorker()
    const { $client: sql } = service.db
    // The database notes by its own clock, which is this machine's, when a lease is taken first.
    await sql`create unlogged table claims (id uuid, at timestamptz)`
    await sql`create function note_claim() returns trigger language plpgsql as $$
      begin insert into claims values (new.id, clock_timestamp()); return null; end $$`
    await sql`create trigger note_claim after update on submissions for each row
      when (old.claims = 0 and new.claims = 1) execute function note_claim()`
    const send = createSender(service.url, service.token)
    const waits: number[] = []
    for (const [nth, submission] of submissions(warmUp + count, bytes).entries()) {
      const { body } = requireStatus(await send(submission), 201)
      const answeredAt = Date.now()
      await model.waitForCalls(nth + 1)
      const { id } = JSON.parse(body).submission
      const [claim] = await sql<{ at: number }[]>`
        select (extract(epoch from at) * 1000)::float8 as at from claims where id = ${id}`
      if (claim && nth >= warmUp) waits.push(Math.max(0, claim.at - answeredAt))
      await sleep(30)
    }
    await model.close()
    return { value: percentile(waits, 0.99), baseline: percentile(waits, 0.5), ratio: null }
  },
}
