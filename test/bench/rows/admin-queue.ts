import { createHistory } from '../lab/history.ts'
import { createSender, prepareEmpty, requireStatus } from '../lab/load.ts'
import { startService } from '../lab/start-service.ts'
import { median, percentile } from '../median.ts'
import type { BenchRow } from '../row.ts'

const [warmUp, rounds, limit, page] = [5, 60, 50, 10_000]

export const adminQueue: BenchRow = {
  id: 'admin-queue-1m-p95-ms',
  what: 'a page of the queue with its counts among a million submissions, p95; page 10,000 against page 1',
  unit: 'ms',
  judged: 'value',
  goal: { max: 50 },

  async measure(lab) {
    const db = await createHistory(lab, 1_000_000)
    const service = await startService(lab, { db })
    const send = createSender(service.url, service.token)
    const [behind] = await db.$client<{ id: string }[]>`
      select id from submissions order by id desc offset ${limit * (page - 1)} limit 1`
    const list = '/api/admin/store/submissions?limit=50'
    const cursor = `&cursor=${Buffer.from(behind?.id ?? '').toString('base64url')}`
    const paths = { waiting: `${list}&status=needs_human`, first: list, deep: `${list}${cursor}` }
    const times: Record<keyof typeof paths, number[]> = { waiting: [], first: [], deep: [] }
    for (let round = -warmUp; round < rounds; round += 1) {
      for (const [name, path] of Object.entries(paths)) {
        const { ms } = requireStatus(await send(prepareEmpty(path), 'GET'), 200)
        if (round >= 0) times[name as keyof typeof paths].push(ms)
      }
    }
    await service.api.end()
    const value = percentile(Object.values(times).flat(), 0.95)
    return { value, baseline: median(times.first), ratio: median(times.deep) / median(times.first) }
  },
}
