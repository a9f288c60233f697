import { createServer } from 'node:http'
import { createClient, NotApproved, StillPending, Unreachable } from '@countersign/sdk'
import { describe, expect, onTestFinished, test } from 'vitest'
import { decide, startGate } from '../../support/approvals.ts'
import { until } from '../../support/until.ts'

const question = {
  action: 'deploy_production',
  context: { version: '2026.11.3' },
  reason: 'tagged',
}

describe('gate.run', () => {
  test('waits for a person, runs the effect once, and reports how it ended', async () => {
    const { admin, client, waiting, effect } = await openGate()
    const running = client.gate.run(question, effect.run)
    const approval = await waiting()
    expect(effect.runs).toBe(0)
    await decide(admin, approval.id)
    await expect(running).resolves.toBe('deployed')
    expect(effect.runs).toBe(1)
    const execution = await client.approvals.execution(effect.executionId)
    expect(execution).toMatchObject({ status: 'succeeded', approval_id: approval.id })
  })

  test('does not run what a person denied, and says why', async () => {
    const { admin, client, waiting, effect } = await openGate()
    const running = client.gate.run(question, effect.run).catch((error: unknown) => error)
    await decide(admin, (await waiting()).id, 'deny', { comment: 'Not on a Friday.' })
    const error = await running
    expect(error).toBeInstanceOf(NotApproved)
    expect(error).toMatchObject({ status: 'denied', message: expect.stringContaining('Friday') })
    expect(effect.runs).toBe(0)
  })

  test('an effect that fails is reported as failed, and is not tried again', async () => {
    const { admin, client, waiting, effect } = await openGate()
    const running = client.gate.run(question, async (permission) => {
      await effect.run(permission)
      throw new Error('The registry is full.')
    })
    const failing = expect(running).rejects.toThrow('The registry is full.')
    await decide(admin, (await waiting()).id)
    await failing
    expect(effect.runs).toBe(1)
    const execution = await client.approvals.execution(effect.executionId)
    expect(execution).toMatchObject({ status: 'failed', error: 'The registry is full.' })
  })

  test('a wait that was broken off is gone on with by the approval’s id', async () => {
    const { admin, client, waiting, effect } = await openGate()
    const leaving = new AbortController()
    const running = client.gate.run(question, effect.run, { signal: leaving.signal })
    const broken = running.catch((error: unknown) => error)
    const { id } = await waiting()
    leaving.abort()
    expect(await broken).toMatchObject({ name: 'StillPending', approvalId: id })
    const resumed = client.gate.resume(id, effect.run)
    await decide(admin, id)
    await expect(resumed).resolves.toBe('deployed')
    expect(effect.runs).toBe(1)
  })

  test('of two processes that wait for one approval one runs, and the other asks for its own', async () => {
    const { admin, client, waiting, effect } = await openGate()
    const leaving = new AbortController()
    const options = { signal: leaving.signal }
    const both = [1, 2].map(() => client.gate.run(question, effect.run, options))
    const settled = Promise.allSettled(both)
    const first = await waiting()
    await decide(admin, first.id)
    const second = await waiting((id) => id !== first.id)
    await expect.poll(() => effect.runs).toBe(1)
    leaving.abort()
    const results = await settled
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult
    expect(refused.reason).toBeInstanceOf(StillPending)
    expect(refused.reason).toMatchObject({ approvalId: second.id })
    expect(effect.runs).toBe(1)
  })

  test.each([
    ['nobody listens', undefined],
    ['an error page answers', { status: 502, body: '<h1>Bad gateway</h1>' }],
    ['an answer that is cut answers', { status: 200, body: '{"decision":"al' }],
    ['an answer without an execution answers', { status: 200, body: '{"decision":"allow"}' }],
    ['something else that is JSON answers', { status: 200, body: '[]' }],
  ])('runs nothing where %s', async (_, reply) => {
    const effect = countEffect()
    const client = createClient({ baseUrl: await serve(reply), token: 'cs_x' })
    await expect(client.gate.run(question, effect.run)).rejects.toBeInstanceOf(Unreachable)
    expect(effect.runs).toBe(0)
  })
})

async function openGate() {
  const { service, admin, agent } = await startGate()
  const called: string[] = []
  const client = createClient({
    baseUrl: service.url,
    token: agent.token,
    fetch: (target, init) => {
      called.push(String(target))
      return fetch(target, init)
    },
  })
  return {
    admin,
    client,
    effect: countEffect(),
    /** The question, once it is asked and the client waits for its answer. */
    waiting: (isWanted: (id: string) => boolean = () => true) =>
      until(async () => {
        const { items } = await client.approvals.list({ status: ['pending'], mine: true })
        const found = items.find(({ id }) => isWanted(id))
        const isWaiting = called.some((url) => url.includes(`/${found?.id}/wait`))
        if (!found || !isWaiting) throw new Error('Nothing is waited for.')
        return found
      }),
  }
}

function countEffect() {
  const effect = {
    runs: 0,
    executionId: '',
    run: async ({ execution_id: id }: { execution_id: string }) => {
      effect.runs++
      effect.executionId = id
      return 'deployed'
    },
  }
  return effect
}

async function serve(reply: { status: number; body: string } | undefined): Promise<string> {
  if (!reply) return 'http://127.0.0.1:9'
  const server = createServer((_request, response) => {
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}
