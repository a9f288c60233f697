import { setTimeout as sleep } from 'node:timers/promises'
import {
  createSender,
  type PreparedRequest,
  prepareEmpty,
  prepareJson,
  requireStatus,
} from '../lab/load.ts'
import { mintAgentToken, startService } from '../lab/start-service.ts'
import { percentile } from '../median.ts'
import type { BenchRow } from '../row.ts'

const [rounds, waiting] = [11, 20]

export const decisionHeard: BenchRow = {
  id: 'decision-heard-p99-ms',
  what: 'from the answer to a decision to the answer of the client that waits for it, of twenty that wait: p99; p50 beside it',
  unit: 'ms',
  judged: 'value',
  goal: { max: 250 },

  async measure(lab) {
    const service = await startService(lab)
    const asAdmin = createSender(service.url, service.token)
    const asAgent = createSender(service.url, await mintAgentToken(service))

    /** Asks, waits, and gives how long the wait outlasted the decision. */
    const open = async () => {
      const asked = requireStatus(await asAgent(nextQuestion()), 202)
      const path = `/api/approvals/${JSON.parse(asked.body).approval_id}`
      const heard = asAgent(prepareEmpty(`${path}/wait?timeout_s=50`), 'GET')
      const heardAt = heard.then((answer) => {
        requireStatus(answer, 200)
        return performance.now()
      })
      return async () => {
        requireStatus(await asAdmin(prepareJson(`${path}/decisions`, { verdict: 'approve' })), 200)
        const decidedAt = performance.now()
        return Math.max(0, (await heardAt) - decidedAt)
      }
    }
    const waits: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const clients = await Promise.all(Array.from({ length: waiting }, open))
      await sleep(500)
      for (const decide of clients) {
        const ms = await decide()
        // The first round only warms up.
        if (round > 0) waits.push(ms)
      }
    }
    await service.api.end()
    return { value: percentile(waits, 0.99), baseline: percentile(waits, 0.5), ratio: null }
  },
}

let asked = 0

function nextQuestion(): PreparedRequest {
  asked += 1
  const context = { path: `reports/${asked}.md` }
  return prepareJson('/api/gate/check', {
    action: 'reports.append',
    context,
    reason: 'The report.',
  })
}
