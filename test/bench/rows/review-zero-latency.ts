import { startMessagesApi } from '@countersign/demo/messages-api'
import { approve } from '@countersign/demo/model-replies'
import type { Lab } from '../lab/lab.ts'
import { measureReviews, startModel } from '../lab/reviews.ts'
import { startService } from '../lab/start-service.ts'
import { compare } from '../median.ts'
import type { BenchRow } from '../row.ts'

const [warmUps, rounds, count, bytes, concurrency] = [3, 7, 100, 2_048, '8']

export const reviewZeroLatency: BenchRow = {
  id: 'review-zero-latency',
  what: 'bundles of 2 KiB reviewed by a model that answers at once, against a job, the same call and a transaction bare',
  unit: '/s',
  judged: 'ratio',
  goal: { min: 0.7 },

  async measure(lab) {
    const prompt = await recordPrompt(lab)
    const model = await startModel(lab)
    const service = await startService(lab, { env: { ANTHROPIC_BASE_URL: model } })
    const worker = await service.startWorker({ WORKER_CONCURRENCY: concurrency })
    const bare = await lab.serve('test/bench/baseline/review-server.ts', {
      DATABASE_URL: service.db.url,
      REDIS_URL: lab.claimRedis(),
      MODEL_URL: model,
      CONCURRENCY: concurrency,
    })
    const ours = () => measureReviews(service, { count, bytes })
    const least = async () => {
      const body = JSON.stringify({ count, prompt })
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${bare.url}/round`, { method: 'POST', headers, body })
      const { perSecond } = (await answer.json()) as { perSecond: number }
      return perSecond
    }
    const measured = await compare(rounds, { warmUps, ours, bare: least })
    await Promise.all([worker.end(), service.api.end(), bare.end('SIGKILL')])
    return measured
  },
}

/** The very request that a review of such a bundle makes, so that the bare call is the same one. */
async function recordPrompt(lab: Lab): Promise<unknown> {
  const model = await startMessagesApi({ script: approve() })
  const service = await startService(lab, { env: { ANTHROPIC_BASE_URL: model.url } })
  const worker = await service.startWorker()
  await measureReviews(service, { count: 2, bytes })
  await Promise.all([worker.end(), service.api.end()])
  await model.close()
  return model.calls[0]?.request.body
}
