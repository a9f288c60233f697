import { createHash } from 'node:crypto'
import { mkdir, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@countersign/sdk'
import { expect, test, vi } from 'vitest'
import { check, decide, startGate, untilAsked } from '../../support/approvals.ts'
import { createFolder } from '../../support/create-folder.ts'
import { runCli } from '../../support/run-cli.ts'

test('an approval is worth nothing once a script of the command is another; the wording of a description is no matter', async () => {
  const { admin, agent, ask, cwd } = await openHook()
  await writeFile(join(cwd, 'migrate.sh'), 'echo safe')
  const call = (description: string) => ({ command: 'sh ./migrate.sh', description })
  await ask(call('Migrate'))
  const asked = await untilAsked(agent)
  expect(asked).toMatchObject({
    reason: 'Migrate',
    context: { input: { command: 'sh ./migrate.sh' } },
  })
  await decide(admin, asked.id)

  await writeFile(join(cwd, 'migrate.sh'), 'echo something else')
  expect(await ask(call('Migrate'))).toBe('deny')
  await writeFile(join(cwd, 'migrate.sh'), 'echo safe')
  expect(await ask(call('Migrate, as was approved'))).toBe('allow')
})

test('what is swapped while somebody answers does not run, although they said yes', async () => {
  const { admin, agent, ask, cwd } = await openHook({ deadlineMs: 60_000 })
  await writeFile(join(cwd, 'migrate.sh'), 'echo safe')
  const asking = ask({ command: 'sh ./migrate.sh' })
  const { id } = await untilAsked(agent)
  await writeFile(join(cwd, 'migrate.sh'), 'echo something else')
  await decide(admin, id)
  expect(await asking).toBe('deny')
  const { body } = await agent.send('GET', `/api/approvals/${id}`)
  const execution = await agent.send('GET', `/api/executions/${body.execution_id}`)
  expect(execution.body.status).toBe('failed')
})

test('however a command writes the name of a file and the way to it, the file is part of what is approved', async () => {
  const { agent, ask, cwd } = await openHook()
  await mkdir(join(cwd, 'my db', 'seeds'), { recursive: true })
  const seed = join(cwd, 'my db', 'seeds', 'my seed.sh')
  await writeFile(seed, 'echo safe')
  const commands = [
    'cd "my db" && cd seeds && sh "my seed.sh"',
    'cd -P my\\ db; cd se"ed"s; sh my\\ seed.sh',
    "cat 'my db'/seeds/my\\ s\\eed.sh",
  ]
  for (const command of commands) {
    await ask({ command })
    const { context } = await untilAsked(agent)
    expect([context.input, context.files]).toEqual([{ command }, { [seed]: sha256('echo safe') }])
  }
})

test('a command that names more places than anybody can look at is denied in time', async () => {
  const words = Array.from({ length: 30_000 }, (_, nth) => `w${nth}`)
  const command = [...words.slice(0, 6_000).map((word) => `cd ${word}`), ...words].join(';')
  const { code, out } = await runCli(['hook', 'claude'], {
    token: 'cs_x',
    env: { COUNTERSIGN_HOOK_DEADLINE_MS: '2500' },
    input: JSON.stringify({ tool_name: 'Bash', tool_input: { command }, cwd: '/srv/shop' }),
  })
  expect([code, read(out)]).toEqual([0, 'deny'])
})

test('a script in the folder that a command changes to, and a file to be overwritten, are part of what is approved', async () => {
  const { agent, ask, cwd } = await openHook()
  await mkdir(join(cwd, 'db'))
  await writeFile(join(cwd, 'db', 'my seed.sh'), 'echo safe')
  await writeFile(join(cwd, 'settings.json'), '{}')
  await ask({ command: 'cd db && sh "my seed.sh"' })
  expect((await untilAsked(agent)).context.files).toEqual({
    [join(cwd, 'db', 'my seed.sh')]: sha256('echo safe'),
  })
  await ask({ file_path: join(cwd, 'settings.json'), content: '1' }, 'Write')
  expect((await untilAsked(agent)).context.files).toEqual({
    [join(cwd, 'settings.json')]: sha256('{}'),
  })
})

test("what another tool's call describes is its effect, and stays in the question", async () => {
  const { agent, ask } = await openHook()
  await ask({ title: 'Crash', description: 'It crashes.' }, 'mcp__tracker__create_issue')
  const asked = await untilAsked(agent)
  expect(asked).toMatchObject({ reason: '', context: { input: { description: 'It crashes.' } } })
})

test('more input than anybody could judge is denied', async () => {
  const input = JSON.stringify({ tool_name: 'Bash', tool_input: { command: 'x'.repeat(9 << 20) } })
  const { code, out } = await runCli(['hook', 'claude'], { token: 'cs_x', input })
  expect([code, read(out)]).toEqual([0, 'deny'])
})

test('what was used already is not asked anew by a resume', async () => {
  const { service, admin, agent } = await startGate()
  const { body } = await check(agent, 'rotate_keys', { key: 'payments' })
  await decide(admin, body.approval_id)
  const { gate } = createClient({ baseUrl: service.url, token: agent.token })
  const effect = vi.fn(async () => 'done')
  expect(await gate.resume(body.approval_id, effect)).toBe('done')
  const again = gate.resume(body.approval_id, effect, { signal: AbortSignal.timeout(3000) })
  await expect(again).rejects.toThrow('was used already')
  expect(effect).toHaveBeenCalledTimes(1)
})

/** An agent's hook that does not wait long, in a folder of its own. */
async function openHook({ deadlineMs = 2_500 } = {}) {
  const { service, admin, agent } = await startGate()
  const cwd = await realpath(await createFolder())
  const ask = async (input: object, tool = 'Bash') => {
    const call = { hook_event_name: 'PreToolUse', tool_name: tool, tool_input: input, cwd }
    const { out } = await runCli(['hook', 'claude'], {
      url: service.url,
      token: agent.token,
      env: { COUNTERSIGN_HOOK_DEADLINE_MS: `${deadlineMs}` },
      input: JSON.stringify(call),
    })
    return read(out)
  }
  return { admin, agent, ask, cwd }
}

function read(out: string): string {
  return JSON.parse(out).hookSpecificOutput.permissionDecision
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
