import { submissions } from '../lab/bundles.ts'
import { makeFolder } from '../lab/lab.ts'
import { createSender, measureRate, requireStatus } from '../lab/load.ts'
import { startService } from '../lab/start-service.ts'
import { compare } from '../median.ts'
import type { BenchRow } from '../row.ts'

const [warmUps, rounds, perRound, atOnce, bytes] = [4, 7, 80, 16, 64 * 1024]

export const accept64k: BenchRow = {
  id: 'accept-64k',
  what: 'bundles of 64 KiB accepted, against the same HTTP, multipart, inflate, SHA-256, rows and enqueue bare',
  unit: '/s',
  judged: 'ratio',
  goal: { min: 0.7 },

  async measure(lab) {
    const service = await startService(lab)
    const bare = await lab.serve('test/bench/baseline/accept-server.ts', {
      DATABASE_URL: service.db.url,
      REDIS_URL: lab.claimRedis(),
      DATA_DIR: makeFolder(lab),
    })
    const measure = (url: string, token?: string) => {
      const send = createSender(url, token)
      return async () =>
        measureRate(submissions(perRound, bytes), atOnce, async (submission) =>
          requireStatus(await send(submission), 201),
        )
    }
    const ours = measure(service.url, service.token)
    const least = measure(bare.url)
    const measured = await compare(rounds, { warmUps, ours, bare: least })
    await Promise.all([service.api.end(), bare.end('SIGKILL')])
    return measured
  },
}
