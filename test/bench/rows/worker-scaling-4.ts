import { measureReviews, startModel } from '../lab/reviews.ts'
import { type BenchService, startService } from '../lab/start-service.ts'
import { median } from '../median.ts'
import type { BenchRow } from '../row.ts'

const [rounds, warmUp, perWorker, bytes] = [3, 25, 50, 2_048]

export const workerScaling4: BenchRow = {
  id: 'worker-scaling-4',
  what: 'reviews by 4 workers of 4 places each with a model that takes 200 ms, against 4 times one such worker',
  unit: '/s',
  judged: 'ratio',
  goal: { min: 0.9 },

  async measure(lab) {
    const service = await startService(lab, {
      env: { ANTHROPIC_BASE_URL: await startModel(lab, 200) },
    })
    const [one, four]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round += 1) {
      one.push(await measureWith(service, 1))
      four.push(await measureWith(service, 4))
    }
    await service.api.end()
    const ratios = four.map((rate, round) => rate / (4 * (one[round] ?? Number.NaN)))
    return { value: median(four), baseline: median(one), ratio: median(ratios) }
  },
}

async function measureWith(service: BenchService, count: number): Promise<number> {
  const workers = await Promise.all(
    Array.from({ length: count }, () => service.startWorker({ WORKER_CONCURRENCY: '4' })),
  )
  await measureReviews(service, { count: count * warmUp, bytes })
  const rate = await measureReviews(service, { count: count * perWorker, bytes })
  await Promise.all(workers.map((worker) => worker.end()))
  return rate
}
