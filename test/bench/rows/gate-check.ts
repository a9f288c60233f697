import {
  createSender,
  measureRate,
  type PreparedRequest,
  prepareJson,
  requireStatus,
} from '../lab/load.ts'
import { mintAgentToken, startService } from '../lab/start-service.ts'
import { compare } from '../median.ts'
import type { BenchRow } from '../row.ts'

const [warmUps, rounds, perRound, atOnce, actions] = [3, 7, 400, 16, 20]

export const gateCheck: BenchRow = {
  id: 'gate-check',
  what: 'gate checks that a grant allows, against the same UPDATE and INSERTs over the same HTTP bare',
  unit: '/s',
  judged: 'ratio',
  goal: { min: 0.5 },

  async measure(lab) {
    const service = await startService(lab)
    const send = createSender(service.url, service.token)
    for (let nth = 0; nth < actions; nth += 1) {
      const grant = { kind: 'standing', action: actionOf(nth), expires_in_s: 86_400 }
      requireStatus(await send(prepareJson('/api/grants', grant)), 201)
    }
    const bare = await lab.serve('test/bench/baseline/gate-server.ts', {
      DATABASE_URL: service.db.url,
    })
    const measure = (sendAs: ReturnType<typeof createSender>) => () =>
      measureRate(questions(), atOnce, async (question) =>
        requireStatus(await sendAs(question), 200),
      )
    const ours = measure(createSender(service.url, await mintAgentToken(service)))
    const least = measure(createSender(bare.url))
    const measured = await compare(rounds, { warmUps, ours, bare: least })
    await Promise.all([service.api.end(), bare.end('SIGKILL')])
    return measured
  },
}

let asked = 0

function questions(): PreparedRequest[] {
  return Array.from({ length: perRound }, () => {
    asked += 1
    const context = { path: `reports/${asked}.md`, bytes: asked, mode: 'append' }
    return prepareJson('/api/gate/check', {
      action: actionOf(asked),
      context,
      reason: 'The report.',
    })
  })
}

function actionOf(nth: number): string {
  return `reports.append.${nth % actions}`
}
