import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { describe, expect, onTestFinished, test } from 'vitest'
import { decide, startGate, untilAsked } from '../../support/approvals.ts'
import { startCli } from '../../support/run-cli.ts'

const main = fileURLToPath(new URL('../../../apps/cli/src/main.ts', import.meta.url))
const question = {
  action: 'deploy_production',
  context: { version: '2026.11.3' },
  reason: 'It was tagged.',
}

describe.each(['stdio', 'http'] as const)('countersign mcp over %s', (way) => {
  test('asks, waits for a person, and reports; the permission is given once', async () => {
    const { admin, agent, call } = await openMcp(way)
    const asking = call('request_approval', question)
    const { id } = await untilAsked(agent)
    await decide(admin, id)
    const answer = await asking
    expect(answer).toMatchObject({ state: 'approved', authorized_by: 'approval' })
    const report = { execution_id: answer.execution_id, status: 'succeeded' }
    expect(await call('report_result', report)).toMatchObject({ status: 'succeeded' })
    expect(await call('await_approval', { approval_id: id })).toMatchObject({ state: 'used' })
    expect(await call('list_my_approvals', {})).toMatchObject({
      approvals: [{ approval_id: id, action: 'deploy_production' }],
    })
  })

  test('has no tool that decides, and tells a refusal as one', async () => {
    const { client, call } = await openMcp(way)
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name).sort()).toEqual([
      'await_approval',
      'cancel_approval',
      'list_my_approvals',
      'report_result',
      'request_approval',
    ])
    const unknown = { execution_id: '01a1fdb3-92c1-70b3-952d-b7b526213841', status: 'succeeded' }
    expect(await call('report_result', unknown)).toMatchObject({
      state: 'refused',
      code: 'not_found',
      mustNot: expect.any(String),
    })
  })
})

test('over HTTP nobody is served without a token of their own, nor under another name', async () => {
  const { service } = await startGate()
  const url = await serveHttp(service.url)
  const post = (headers: Record<string, string>) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    })
  expect((await post({})).status).toBe(401)
  expect((await post({ authorization: 'Basic eDp5' })).status).toBe(401)
})

async function openMcp(way: 'stdio' | 'http') {
  const { service, admin, agent } = await startGate()
  const client = new Client({ name: 'test', version: '1.0.0' })
  const transport =
    way === 'stdio'
      ? new StdioClientTransport({
          command: process.execPath,
          args: [main, 'mcp'],
          env: { COUNTERSIGN_URL: service.url, COUNTERSIGN_TOKEN: agent.token },
        })
      : new StreamableHTTPClientTransport(new URL(await serveHttp(service.url)), {
          requestInit: { headers: { authorization: `Bearer ${agent.token}` } },
        })
  await client.connect(transport)
  onTestFinished(() => client.close())
  const call = async (name: string, args: Record<string, unknown>) => {
    const { content } = await client.callTool({ name, arguments: args })
    const [first] = content as { type: string; text: string }[]
    return JSON.parse(first?.text ?? '')
  }
  return { admin, agent, client, call }
}

/** The server as a process of its own; gives where it listens. */
async function serveHttp(url: string): Promise<string> {
  const child = startCli(['mcp', '--port', '0'], { url, input: null })
  onTestFinished(async () => {
    child.kill('SIGINT')
    await once(child, 'exit')
  })
  for await (const chunk of child.stderr) {
    const [found] = /http:\S+/.exec(String(chunk)) ?? []
    if (found) return found
  }
  throw new Error('It ended without saying where it listens.')
}
