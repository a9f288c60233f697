import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aSkill, zip } from '../../support/bundles.ts'
import { sitDown } from '../../support/cli-person.ts'
import { aSkillWithTools, aThinSkill, obedientModel } from '../../support/obedient-model.ts'
import { runCli } from '../../support/run-cli.ts'
import { shareService } from '../../support/share-service.ts'

const service = shareService({ script: obedientModel, env: { HUMAN_REVIEW_FOR: 'tools' } })
const says = (words: RegExp) => expect.stringMatching(words)
const nobodyThere = 'http://127.0.0.1:9'

async function aSubmitter() {
  const person = await service().asSomebody()
  return { ...person, ...(await sitDown(service(), person)) }
}

test('login keeps a token that nobody else can read, until logout', async () => {
  const person = await service().asSomebody()
  const { dir } = await sitDown(service(), person)
  const env = { XDG_CONFIG_HOME: dir }
  const run = (args: string[], input = '') => runCli(args, { env, cwd: dir, input })
  const login = ['login', '--url', service().url, '--email', person.email, '--password-stdin']
  expect(await run(login, 'wrong')).toMatchObject({ code: 2, err: says(/invalid_credentials/) })
  expect(await run(['ls'])).toMatchObject({ code: 2, err: says(/Log in first/) })

  expect(await run(login, `${person.password}\n`)).toMatchObject({ code: 0, err: '' })
  const file = join(dir, 'countersign/login.json')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readFile(file, 'utf8')).not.toContain(person.password)
  expect(await run(['ls'])).toMatchObject({ code: 0 })
  expect(await run(['ls', '--url', nobodyThere])).toMatchObject({
    code: 2,
    err: says(/Log in first/),
  })
  expect(await run(['logout'])).toMatchObject({ code: 0 })
  expect(await run(['ls'])).toMatchObject({ code: 2 })
})

test('submit --wait ends with 0 approved, 1 blocked, 4 held, and tells what became of it', async () => {
  const { run, write } = await aSubmitter()
  const submit = async (name: string, files: Parameters<typeof write>[1], ...rest: string[]) =>
    run('submit', await write(name, files), '--type', 'skill', '--wait', ...rest)
  const [good, blocked, stopped, held] = await Promise.all([
    submit('good', aSkill({ name: 'good' }), '--json'),
    submit('bad', aSkill({ name: 'bad', note: 'the model blocks' })),
    submit('thin', aThinSkill('thin')),
    submit('tools', aSkillWithTools({ name: 'tools' })),
  ])
  expect(good).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(good.out)).toMatchObject({ status: 'approved', waiting_on: null })
  expect(blocked).toMatchObject({ code: 1, out: says(/blocked_llm, waiting on: submitter/) })
  expect(stopped).toMatchObject({ code: 1, out: says(/blocked_inline/) })
  expect(held).toMatchObject({ code: 4, out: says(/needs_human \(policy\), waiting on: admin/) })
  expect(held.out).toContain(`${service().url}/console/entities/`)

  const listed = await run('ls')
  expect(listed.out).toMatch(/ good +1 +approved /)
  expect(listed.out).toMatch(/ bad +– +blocked_llm /)
  expect(listed.out).toMatch(/ thin +– +blocked_inline /)
  expect(listed.out).toMatch(/ tools +– +needs_human /)
})

test('whoever waits at a terminal sees the seconds pass, on a line that is gone in the end', async () => {
  const { token, dir, write } = await aSubmitter()
  const path = await write('watched', aSkill({ name: 'watched' }))
  const args = ['submit', path, '--type', 'skill', '--wait']
  const { url } = service()
  const { code, out } = await runCli(args, { url, token, cwd: dir, isAtTerminal: true })
  expect(code).toBe(0)
  expect(out).toMatch(/\r(pending_llm|approved) … \d+ s /)
  const kept = out.split('\r\u001b[K').at(-1)
  expect(kept).toMatch(/^approved/)
})

test('submit refuses what intake would refuse before anything is sent, and a rehearsal stores nothing', async () => {
  const { id, dir, token, run, read, write } = await aSubmitter()
  const good = await write('good', aSkill())
  const stray = await write('stray', { 'README.md': 'No skill at all.' })
  await writeFile(join(dir, 'cut.zip'), (await zip(aSkill())).subarray(0, -30))
  const submit = (path: string, ...rest: string[]) => ['submit', path, '--type', 'skill', ...rest]
  const unsent = (args: string[]) => runCli(args, { url: nobodyThere, token, cwd: dir })
  const ended = await Promise.all([
    unsent(submit(stray)),
    unsent(submit('cut.zip')),
    unsent(submit(good)),
    run(...submit(good, '--dry-run')),
    run(...submit(await write('thin', aThinSkill()), '--dry-run')),
    run(...submit(await write('tools', aSkillWithTools()), '--dry-run')),
  ])
  expect(ended).toMatchObject([
    { code: 1, err: says(/^invalid_bundle: /) },
    { code: 1, err: says(/^invalid_bundle: /) },
    { code: 3, err: says(/does not answer/) },
    { code: 0, out: says(/would approve/) },
    { code: 1, out: says(/would block/) },
    { code: 4, out: says(/would hold/) },
  ])
  const mine = await read(['ls'])
  expect(mine.items.filter(({ owner }: { owner: { id: string } }) => owner.id === id)).toEqual([])
})

test('a command that is called wrongly ends with 2 and says how it is called', async () => {
  const { run, write } = await aSubmitter()
  const good = await write('good', aSkill())
  const wrong = [
    ['submit', good, '--type', 'program'],
    ['submit', 'nowhere', '--type', 'skill'],
    ['ls', '--no-such-option'],
    ['restore', 'an-id', '--version', 'one'],
    ['edit', 'an-id'],
    ['ls', '--url', 'localhost:8080'],
    ['login', '--url', 'nonsense', '--email', 'ann@example.com'],
  ]
  const ended = await Promise.all(wrong.map((args) => run(...args)))
  for (const { code, err } of ended) {
    expect(code).toBe(2)
    expect(err).toContain('Usage: countersign ')
    expect(err).not.toMatch(/^ {4}at /m)
  }
  expect(await run('no-such-command')).toMatchObject({ code: 2, err: says(/^Usage: /) })
  expect(await run('--help')).toMatchObject({ code: 0, out: says(/audit verify/) })
  expect(await run('audit', '--help')).toMatchObject({ code: 0, out: says(/audit verify/) })
  expect(await run('nonsense', '--help')).toMatchObject({ code: 2, err: says(/audit verify/) })
})

test('an owner edits, compares, restores and archives at the command line, and installers follow', async () => {
  const { run, read, write } = await aSubmitter()
  const installer = await aSubmitter()
  const first = await write('first', aSkill({ note: 'The first edition.' }))
  const submit = ['submit', first, '--type', 'skill', '--category', 'checking', '--wait']
  const { entity_id: id } = await read(submit)
  const second = await write('second', aSkill({ note: 'The second edition.' }))
  expect(await run('edit', id, '--bundle', second, '--wait')).toMatchObject({ code: 0 })
  expect(await run('edit', id, '--category', 'reports')).toMatchObject({ out: 'Changed.\n' })
  const [status, compared, ...installs] = await Promise.all([
    run('status', id),
    run('diff', id, '--from', '1', '--to', '2'),
    run('install', id),
    installer.run('install', id),
  ])
  expect(status).toMatchObject({ code: 0, out: says(/v2 is served/) })
  expect(compared.out).toMatch(/^-The first edition\.$/m)
  expect(compared.out).toMatch(/^\+The second edition\.$/m)
  expect(installs).toMatchObject([{ code: 0 }, { code: 0 }])
  const installed = await installer.read(['ls', '--installed', '--category', 'reports'])
  expect(installed.items).toMatchObject([{ id, version_no: 2, category: 'reports' }])

  expect(await run('restore', id, '--version', '1', '--wait')).toMatchObject({ code: 0 })
  const [listed, again, strange, left] = await Promise.all([
    run('versions', id),
    run('restore', id, '--version', '3'),
    installer.run('archive', id),
    installer.run('uninstall', id),
  ])
  expect(listed.out).toMatch(/^3 \(live\) +approved +restored from 1 /m)
  expect(again).toMatchObject({ code: 1, err: says(/^already_current: /) })
  expect(strange).toMatchObject({ code: 1, err: says(/^forbidden: /) })
  expect(left).toMatchObject({ code: 0, out: 'Uninstalled.\n' })
  expect(await run('archive', id)).toMatchObject({ code: 0, out: 'Archived.\n' })
  expect((await read(['ls', '--installed'])).items).toEqual([])
  expect(await installer.run('status', id)).toMatchObject({ code: 1, err: says(/^not_found: /) })
})
test('what waits for a person can be taken back, once', async () => {
  const { run, read, write } = await aSubmitter()
  const tools = await write('tools', aSkillWithTools())
  const held = await read(['submit', tools, '--type', 'skill', '--wait'], 4)
  expect(await read(['withdraw', held.id])).toMatchObject({ status: 'withdrawn', waiting_on: null })
  expect(await run('withdraw', held.id)).toMatchObject({
    code: 1,
    err: says(/^not_withdrawable: /),
  })
})

test('a token is shown once, is listed without itself, and ends when it is revoked', async () => {
  const { run, read, dir } = await aSubmitter()
  const created = await run('token', 'create', 'git', '--days', '7')
  const token = created.out.trim()
  expect(token).toMatch(/^cs_/)
  const withIt = (args: string[]) => runCli(args, { url: service().url, token, cwd: dir })
  expect(await withIt(['ls'])).toMatchObject({ code: 0 })
  const listed = await read(['token', 'ls'])
  expect(JSON.stringify(listed)).not.toContain(token)
  const { id } = listed.items.find(({ name }: { name: string }) => name === 'git')
  expect(await run('token', 'revoke', id)).toMatchObject({ code: 0 })
  expect(await withIt(['ls'])).toMatchObject({ code: 2, err: says(/^unauthenticated: /) })
})

test('the lines for Claude Code name this service, and hold no secret', async () => {
  const { run, token } = await aSubmitter()
  const { out } = await run('marketplace')
  expect(out).toContain(`claude plugin marketplace add ${service().url}/marketplace.git`)
  expect(out).not.toContain(token)
})
