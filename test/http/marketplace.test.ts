import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { block } from '@countersign/demo/model-replies'
import { expect, test } from 'vitest'
import { aSkill, zip } from '../support/bundles.ts'
import { createFolder } from '../support/create-folder.ts'
import { type Person, startService } from '../support/start-service.ts'

const run = promisify(execFile)

/** An installed skill, version 1 of it approved. */
async function setUp() {
  const service = await startService()
  const ada = await service.asSomebody()
  const { body } = await ada.submit()
  await service.untilSettled(ada, body.submission.id)
  await ada.send('POST', `/api/store/entities/${body.id}/install`)
  return { service, ada, id: body.id as string, slug: body.slug as string }
}

async function offer(ada: Person, id: string, note: string) {
  const file = { bytes: await zip(aSkill({ note })), fileName: 'bundle.zip' }
  const { body } = await ada.send('PUT', `/api/store/entities/${id}`, { form: { file } })
  return body.submission.id as string
}

test('200 the URL catalogue names the archive of what is live, with its SHA-256', async () => {
  const { ada, id, slug, service } = await setUp()
  const { status, body, headers } = await ada.send('GET', '/.claude-plugin/marketplace.json')
  expect(status).toBe(200)
  expect(body).toMatchObject({ name: 'countersign', forceRemoveDeletedPlugins: true })
  expect(body.plugins).toHaveLength(1)
  const [{ name, source }] = body.plugins
  expect(name).toBe(slug)
  expect(source.url).toBe(`${service.url}/api/store/entities/${id}/versions/1/bundle.zip`)

  const archive = await ada.send('GET', source.url.slice(service.url.length))
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(archive.bytes))
  expect(Buffer.from(digest).toString('hex')).toBe(source.sha256)
  const again = await ada.send('GET', '/.claude-plugin/marketplace.json', {
    headers: { 'if-none-match': `"another", W/${headers.get('etag')}` },
  })
  expect(again.status).toBe(304)
})

test('200 the marketplace as a ZIP is the same bytes each time', async () => {
  const { ada } = await setUp()
  const [one, other] = [
    await ada.send('GET', '/marketplace.zip'),
    await ada.send('GET', '/marketplace.zip'),
  ]
  expect(one.headers.get('content-type')).toBe('application/zip')
  expect(Buffer.from(one.bytes).equals(other.bytes)).toBe(true)
  expect(one.bytes.length).toBe(Number(one.headers.get('content-length')))
})

test.each([
  '/.claude-plugin/marketplace.json',
  '/marketplace.zip',
  '/marketplace.git/info/refs',
])('401 %s without a token', async (path) => {
  const service = await startService({ withWorker: false })
  expect((await service.send('GET', path)).status).toBe(401)
})

test('401 asks whoever speaks as git does for a password, whatever they call themselves', async () => {
  const service = await startService({ withWorker: false })
  const asked = async (path: string, headers = {}) =>
    (await service.send('GET', path, { headers })).headers.get('www-authenticate')
  const refs = '/marketplace.git/info/refs?service=git-upload-pack'
  expect(await asked(refs, { 'user-agent': 'JGit/7.0' })).toMatch(/^Basic /)
  expect(await asked(refs, { 'user-agent': 'git/2.47' })).toMatch(/^Basic /)
  expect(await asked('/marketplace.zip')).toBeNull()
})

test('git clones what is live, and follows it through approval, block and archive', async () => {
  const { service, ada, id, slug } = await setUp()
  const git = await aGit(service.url, ada)
  await git.clone()
  const skill = `plugins/${slug}/skills/${slug}/SKILL.md`
  expect(await git.read(skill)).not.toContain('The second edition.')

  await service.untilSettled(ada, await offer(ada, id, 'The second edition.'))
  await git.update()
  expect(await git.read(skill)).toContain('The second edition.')
  const manifest = await git.read(`plugins/${slug}/.claude-plugin/plugin.json`)
  expect(JSON.parse(manifest)).toMatchObject({ name: slug, version: '1.0.2' })

  service.model.follow(block())
  await service.untilSettled(ada, await offer(ada, id, 'The third edition.'))
  await git.update()
  expect(await git.read(skill)).toContain('The second edition.')

  await ada.send('DELETE', `/api/store/entities/${id}`)
  await git.update()
  expect(JSON.parse(await git.read('.claude-plugin/marketplace.json')).plugins).toEqual([])
  await expect(git.read(skill)).rejects.toThrow('ENOENT')
})

/** The real git, with nothing of this machine's configuration. */
async function aGit(url: string, person: Person) {
  const home = await createFolder()
  const address = new URL('/marketplace.git', url)
  address.username = 'anybody'
  address.password = person.token
  const clone = join(home, 'clone')
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  }
  const git = (...args: string[]) => run('git', args, { env, cwd: home })
  return {
    clone: () => git('clone', '--quiet', '--depth', '1', address.href, clone),
    async update() {
      await git('-C', clone, 'fetch', '--quiet', '--depth', '1', 'origin')
      await git('-C', clone, 'reset', '--quiet', '--hard', 'origin/HEAD')
    },
    read: (path: string) => readFile(join(clone, path), 'utf8'),
  }
}
