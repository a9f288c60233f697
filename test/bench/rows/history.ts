import { setTimeout as sleep } from 'node:timers/promises'
import { submissions } from '../lab/bundles.ts'
import { createHistory } from '../lab/history.ts'
import type { Lab } from '../lab/lab.ts'
import { createSender, measureRate, requireStatus } from '../lab/load.ts'
import { startModel } from '../lab/reviews.ts'
import { startService } from '../lab/start-service.ts'
import { compare } from '../median.ts'
import type { BenchRow } from '../row.ts'

const [rounds, perRound, atOnce, bytes] = [7, 40, 8, 2_048]

export const history: BenchRow = {
  id: 'history-1m-over-1k',
  what: 'a submission from the upload to the verdict with a million in the database, against a thousand',
  unit: 'ms',
  judged: 'ratio',
  goal: { max: 1.2 },
  leavesLab: true,

  async measure(lab) {
    const model = await startModel(lab)
    const [long, short] = [await measured(lab, 1_000_000, model), await measured(lab, 1_000, model)]
    await long.measure()
    await short.measure()
    const result = await compare(rounds, { ours: long.measure, bare: short.measure })
    await Promise.all([long.end(), short.end()])
    return result
  },
}

/** A service over a history, and how many milliseconds one more submission costs it. */
async function measured(lab: Lab, count: number, model: string) {
  const db = await createHistory(lab, count)
  const service = await startService(lab, { db, env: { ANTHROPIC_BASE_URL: model } })
  const worker = await service.startWorker()
  const send = createSender(service.url, service.token)
  const { $client: sql } = db
  return {
    async measure() {
      const ids: string[] = []
      const since = performance.now()
      await measureRate(submissions(perRound, bytes), atOnce, async (submission) => {
        const { body } = requireStatus(await send(submission), 201)
        ids.push(JSON.parse(body).submission.id)
      })
      for (;;) {
        const [row] = await sql<{ left: number }[]>`
          select count(*)::int as left from submissions
          where id in ${sql(ids)} and status = 'pending_llm'`
        if (row?.left === 0) return (performance.now() - since) / perRound
        await sleep(10)
      }
    },
    end: () => Promise.all([worker.end(), service.api.end()]),
  }
}
