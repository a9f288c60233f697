import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { check, decide, startGate, untilAsked } from '../../support/approvals.ts'
import { createFolder } from '../../support/create-folder.ts'
import { runCli } from '../../support/run-cli.ts'

test('a person lists, reads, approves and denies at the command line', async () => {
  const { as, agent, admin } = await openCli()
  const deploy = await check(agent, 'deploy_production', { version: '3' }, { reason: 'tagged' })
  const wipe = await check(agent, 'wipe_database', { name: 'orders' })
  const list = await as(admin, ['approvals', 'ls', '--json'])
  expect(JSON.parse(list.out).items).toHaveLength(2)
  expect((await as(admin, ['approvals', 'ls'])).out).toMatch(
    /wipe_database[\s\S]*deploy_production/,
  )

  const { approval_id: id, request_hash: hash } = deploy.body
  const shown = await as(admin, ['approvals', 'show', id])
  expect(shown.out).toContain(hash)
  expect(shown.out).toContain('"version":"3"')
  const stale = await as(admin, ['approvals', 'approve', id, '--hash', 'f'.repeat(64)])
  expect(stale).toMatchObject({ code: 1, err: expect.stringContaining('stale_view') })
  expect(await as(admin, ['approvals', 'approve', id, '--hash', hash])).toMatchObject({ code: 0 })
  expect(await as(agent, ['approvals', 'wait', id])).toMatchObject({ code: 0 })

  const other = wipe.body.approval_id
  expect(await as(agent, ['approvals', 'approve', other])).toMatchObject({ code: 1 })
  expect(await as(agent, ['approvals', 'wait', other, '--timeout', '0'])).toMatchObject({ code: 4 })
  expect(await as(admin, ['approvals', 'deny', other])).toMatchObject({ code: 2 })
  const denied = await as(admin, ['approvals', 'deny', other, '--comment', 'Never.'])
  expect(denied).toMatchObject({ code: 0 })
  const waited = await as(agent, ['approvals', 'wait', other])
  expect(waited).toMatchObject({ code: 1, out: expect.stringContaining('Never.') })
})

test('exec runs a command once it is approved, and ends as the command does', async () => {
  const { as, agent, admin, dir } = await openCli()
  const script = `require('fs').appendFileSync('ran', 'once\\n'); process.exit(7)`
  const running = as(agent, ['approvals', 'exec', '--', process.execPath, '-e', script], dir)
  await decide(admin, (await untilAsked(agent)).id)
  expect(await running).toMatchObject({ code: 7 })
  expect(await readFile(join(dir, 'ran'), 'utf8')).toBe('once\n')
})

test('exec runs nothing that was denied, nor while nobody answers', async () => {
  const { as, agent, admin, dir } = await openCli()
  const command = ['--', process.execPath, '-e', `require('fs').writeFileSync('ran', '')`]
  const late = await as(agent, ['approvals', 'exec', '--timeout', '8', ...command], dir)
  expect(late).toMatchObject({ code: 4, err: expect.stringContaining('approvals wait') })
  const denied = as(agent, ['approvals', 'exec', ...command], dir)
  await decide(admin, (await untilAsked(agent)).id, 'deny', { comment: 'No.' })
  expect(await denied).toMatchObject({ code: 1 })
  const down = await runCli(['approvals', 'exec', ...command], {
    url: 'http://127.0.0.1:9',
    token: agent.token,
    cwd: dir,
  })
  expect(down.code).toBe(3)
  await expect(readFile(join(dir, 'ran'))).rejects.toThrow('ENOENT')
})

async function openCli() {
  const { service, admin, agent } = await startGate()
  const dir = await createFolder()
  const as = ({ token }: { token: string }, args: readonly string[], cwd = dir) =>
    runCli(args, { url: service.url, token, cwd })
  return { admin, agent, as, dir }
}
