import { createServer, type RequestListener } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { decide, startGate, untilAsked } from '../../support/approvals.ts'
import { type CliOptions, runCli } from '../../support/run-cli.ts'

/** As Claude Code 2.1 wrote it to a PreToolUse hook; paths and ids are made up. */
const recorded = {
  session_id: '3f1c8a52-6f0e-4f0e-9f55-0a8d3f6b7c21',
  transcript_path: '/home/ada/.claude/projects/-srv-shop/3f1c8a52.jsonl',
  cwd: '/srv/shop',
  permission_mode: 'default',
  hook_event_name: 'PreToolUse',
  tool_name: 'Bash',
  tool_input: { command: 'kubectl rollout restart deploy/shop', description: 'Restart the shop' },
  tool_use_id: 'toolu_01ABCDEFGHJKLMNPQRSTUVWX',
}

describe('countersign hook claude, against the service', () => {
  test('lets a call through that a person approved, and reports how it ended', async () => {
    const { admin, options, ask, agent } = await openHook()
    const asking = ask(recorded)
    const { id, action, context } = await untilAsked(agent)
    expect({ action, context }).toEqual({
      action: 'agent.tool.Bash',
      context: {
        tool: 'Bash',
        cwd: '/srv/shop',
        input: { command: recorded.tool_input.command },
        files: {},
      },
    })
    await decide(admin, id)
    expect(await asking).toMatchObject({ permissionDecision: 'allow' })

    const after = { ...recorded, hook_event_name: 'PostToolUse', tool_response: { stdout: '' } }
    const { code, out } = await runCli(['hook', 'claude'], {
      ...options,
      input: JSON.stringify(after),
    })
    expect({ code, out }).toEqual({ code: 0, out: '' })
    const { body } = await agent.send('GET', `/api/approvals/${id}`)
    const execution = await agent.send('GET', `/api/executions/${body.execution_id}`)
    expect(execution.body.status).toBe('succeeded')
  })

  test('denies what a person denied, and gives the reason', async () => {
    const { admin, ask, agent } = await openHook()
    const asking = ask(recorded)
    const { id } = await untilAsked(agent)
    await decide(admin, id, 'deny', { comment: 'Not during the sale.' })
    expect(await asking).toMatchObject({
      permissionDecision: 'deny',
      permissionDecisionReason: expect.stringContaining('Not during the sale.'),
    })
  })

  test('denies at its own deadline, names the approval, and says how to go on', async () => {
    const { ask } = await openHook({ COUNTERSIGN_HOOK_DEADLINE_MS: '1500' })
    expect(await ask(recorded)).toMatchObject({
      permissionDecision: 'deny',
      permissionDecisionReason: expect.stringMatching(
        /Pending approval [0-9a-f-]{36}.*identical input/,
      ),
    })
  })

  test.each(['Read', 'Glob', 'Grep', 'LS', 'TodoWrite'])('says nothing of %s', async (tool) => {
    const input = JSON.stringify({ ...recorded, tool_name: tool })
    const { code, out } = await runCli(['hook', 'claude'], {
      url: 'http://127.0.0.1:9',
      token: 'cs_x',
      input,
    })
    expect({ code, out }).toEqual({ code: 0, out: '' })
  })
})

describe('countersign hook claude denies', () => {
  const good = JSON.stringify(recorded)
  test.each<[string, string, CliOptions]>([
    ['when the service is down', good, { url: 'http://127.0.0.1:9', token: 'cs_x' }],
    ['when there is no token', good, { url: 'http://127.0.0.1:9' }],
    ['when the address is none', good, { url: 'not an address', token: 'cs_x' }],
    ['input that is no JSON', 'PreToolUse', { url: 'http://127.0.0.1:9', token: 'cs_x' }],
    ['input that is cut', good.slice(0, 200), { url: 'http://127.0.0.1:9', token: 'cs_x' }],
    ['no input at all', '', { url: 'http://127.0.0.1:9', token: 'cs_x' }],
    ['input without a tool', '{"hook_event_name":"PreToolUse"}', { token: 'cs_x' }],
    [
      'tool input that is a list',
      JSON.stringify({ ...recorded, tool_input: [] }),
      { token: 'cs_x' },
    ],
  ])('%s', async (_, input, options) => {
    expect(await ask(input, options)).toMatchObject({ permissionDecision: 'deny' })
  })

  test.each<[string, RequestListener]>([
    ['an error page', (_, response) => response.writeHead(502).end('<h1>Bad gateway</h1>')],
    ['a yes that is cut', (_, response) => response.end('{"decision":"all')],
    ['a yes without an execution', (_, response) => response.end('{"decision":"allow"}')],
    ['a line that is reset', (request) => request.socket.destroy()],
    ['an answer that never comes', () => {}],
    ['a refused token', (_, response) => response.writeHead(401).end('{"code":"unauthenticated"}')],
  ])('on %s', async (_, listener) => {
    const options = { url: await serve(listener), token: 'cs_x' }
    const env = { COUNTERSIGN_HOOK_DEADLINE_MS: '1500' }
    expect(await ask(good, { ...options, env })).toMatchObject({ permissionDecision: 'deny' })
  })

  test('at its deadline though its input never ends', async () => {
    const env = { COUNTERSIGN_HOOK_DEADLINE_MS: '800' }
    const options = { url: 'http://127.0.0.1:9', token: 'cs_x', env, input: null }
    const { code, out } = await runCli(['hook', 'claude'], options)
    expect(code).toBe(0)
    expect(readDecision(out)).toMatchObject({ permissionDecision: 'deny' })
  })

  test('a platform that it does not know, by the exit code that blocks', async () => {
    const { code } = await runCli(['hook', 'another'], { token: 'cs_x', input: good })
    expect(code).toBe(2)
  })
})

async function openHook(env: NodeJS.Dict<string> = {}) {
  const { service, admin, agent } = await startGate()
  const options = { url: service.url, token: agent.token, env }
  return { admin, agent, options, ask: (input: object) => ask(JSON.stringify(input), options) }
}

/** What the hook decided; it ends with 0 and one line of JSON, whatever happens. */
async function ask(input: string, options: CliOptions) {
  const { code, out } = await runCli(['hook', 'claude'], { ...options, input })
  expect(code).toBe(0)
  return readDecision(out)
}

function readDecision(out: string) {
  expect(out.trimEnd().split('\n')).toHaveLength(1)
  const { hookSpecificOutput } = JSON.parse(out)
  expect(hookSpecificOutput.hookEventName).toBe('PreToolUse')
  return hookSpecificOutput
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}
