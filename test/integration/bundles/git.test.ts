import { execFileSync } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder } from '../../support/create-folder.ts'
import { findGit } from '../../support/find-program.ts'
import { serveMarketplace } from '../../support/marketplace-server.ts'
import { runProgram } from '../../support/run-program.ts'
import { aSkill, createShop } from '../../support/served-marketplace.ts'

/** Both protocols that clients speak. */
const versions = ['0', '2']

/** A marketplace with two plugins, a server of it, and a git that knows nothing of this machine. */
async function setUp(version: string, password?: string) {
  const shop = await createShop()
  await shop.serve({ slug: 'hello-by-ann', n: 1, files: aSkill('The first words.') })
  await shop.serve({ slug: 'other-by-bob', n: 4, files: aSkill('Other words.') })
  const server = await serveMarketplace(shop, { password })
  const folder = await createFolder()
  const { program, env: own } = findGit()
  const env = { ...own, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' }
  const git = (...args: string[]) =>
    runProgram([program, '-c', `protocol.version=${version}`, ...args], { cwd: folder, env })
  return { shop, server, folder, git, url: `${server.url}/marketplace.git` }
}

const skillPath = (slug: string) => `plugins/${slug}/skills/${slug}/SKILL.md`

test.each(versions)('protocol %s: a clone is what is served, to the byte', async (version) => {
  const { git, url, folder, server } = await setUp(version)
  await git('clone', '-q', url, 'clone')
  await git('-C', 'clone', 'fsck', '--strict', '--no-dangling')
  const read = (path: string) => readFile(join(folder, 'clone', path), 'utf8')
  expect(await read(skillPath('hello-by-ann'))).toContain('The first words.')
  expect(JSON.parse(await read('plugins/other-by-bob/.claude-plugin/plugin.json'))).toMatchObject({
    name: 'other-by-bob',
    version: '1.0.4',
  })
  expect(JSON.parse(await read('.claude-plugin/marketplace.json')).plugins).toMatchObject([
    { name: 'hello-by-ann', source: './plugins/hello-by-ann' },
    { name: 'other-by-bob', source: './plugins/other-by-bob' },
  ])
  const script = join(folder, 'clone/plugins/hello-by-ann/skills/hello-by-ann/scripts/run.sh')
  expect((await stat(script)).mode & 0o111).not.toBe(0)
  const asked = version === '2' ? 'version=2' : ''
  expect(server.requests[0]).toBe(
    `GET /marketplace.git/info/refs?service=git-upload-pack ${asked}`.trim(),
  )
})

test.each(
  versions,
)('protocol %s: shallow, sparse and partial clones are served', async (version) => {
  const { git, url, folder } = await setUp(version)
  await git('clone', '-q', '--depth', '1', url, 'shallow')
  await git('clone', '-q', '--filter=blob:none', '--sparse', url, 'partial')
  await git('-C', 'partial', 'sparse-checkout', 'set', 'plugins/hello-by-ann')
  await git(
    'clone',
    '-q',
    '--recurse-submodules',
    '--shallow-submodules',
    '-b',
    'main',
    url,
    'by-name',
  )
  for (const clone of ['shallow', 'partial', 'by-name']) {
    const text = await readFile(join(folder, clone, skillPath('hello-by-ann')), 'utf8')
    expect(text).toContain('The first words.')
    await git('-C', clone, 'fsck', '--strict')
  }
})

test.each(versions)('protocol %s: a fetch brings what is live now', async (version) => {
  const { git, url, folder, shop } = await setUp(version)
  await git('clone', '-q', url, 'full')
  await git('clone', '-q', '--depth', '1', url, 'shallow')
  await shop.serve({ slug: 'hello-by-ann', n: 2, files: aSkill('The second words.') })
  shop.withdraw('other-by-bob')
  for (const clone of ['full', 'shallow']) {
    const depth = clone === 'shallow' ? ['--depth', '1'] : []
    await git('-C', clone, 'fetch', '-q', ...depth, 'origin')
    await git('-C', clone, 'reset', '-q', '--hard', 'origin/main')
    const text = await readFile(join(folder, clone, skillPath('hello-by-ann')), 'utf8')
    expect(text).toContain('The second words.')
    await expect(stat(join(folder, clone, 'plugins/other-by-bob'))).rejects.toThrow()
    expect(await git('-C', clone, 'rev-list', '--count', 'origin/main')).toBe('1\n')
  }
})

test.each(versions)('protocol %s: what is live no more is refused', async (version) => {
  const { git, url, shop } = await setUp(version)
  const before = (await git('ls-remote', url, 'HEAD')).slice(0, 40)
  await shop.serve({ slug: 'hello-by-ann', n: 2, files: aSkill('The second words.') })
  await git('init', '-q', 'empty')
  const fetch = git('-C', 'empty', 'fetch', '-q', url, before)
  await expect(fetch).rejects.toThrow(/not our ref|unadvertised object/)
})

test.each(versions)('protocol %s: eight clones at once are the same', async (version) => {
  const { git, url } = await setUp(version)
  const commits = await Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      await git('clone', '-q', url, `clone-${index}`)
      return git('-C', `clone-${index}`, 'rev-parse', 'HEAD')
    }),
  )
  expect(new Set(commits).size).toBe(1)
})

test.each(versions)('protocol %s: one branch is listed, and it is the head', async (version) => {
  const { git, url } = await setUp(version)
  const listed = await git('ls-remote', '--symref', url)
  const id = listed.match(/[0-9a-f]{40}/)?.[0]
  expect(listed).toBe(`ref: refs/heads/main\tHEAD\n${id}\tHEAD\n${id}\trefs/heads/main\n`)
  expect(await git('ls-remote', url, 'refs/tags/*')).toBe('')
})

test('the commit depends on what is served and on nothing else', async () => {
  const [one, other] = [await setUp('2'), await setUp('2')]
  const ids = await Promise.all([one, other].map(({ git, url }) => git('ls-remote', url)))
  expect(ids[0]).toBe(ids[1])
  other.shop.marketplace.plugins.reverse()
  expect(await other.git('ls-remote', other.url)).toBe(ids[0])
  await other.shop.serve({ slug: 'hello-by-ann', n: 2, files: aSkill('The first words.') })
  expect(await other.git('ls-remote', other.url)).not.toBe(ids[0])
})

test('the objects are the ones that git itself makes of the same files', async () => {
  const { git, url, folder } = await setUp('2')
  await git('clone', '-q', url, 'clone')
  await git('init', '-q', 'again')
  execFileSync('cp', ['-r', `${folder}/clone/.`, `${folder}/again/tree`])
  execFileSync('rm', ['-r', `${folder}/again/tree/.git`])
  const own = ['-C', 'again', '--work-tree=tree']
  await git(...own, 'add', '-A', '.')
  expect(await git(...own, 'write-tree')).toBe(await git('-C', 'clone', 'rev-parse', 'HEAD^{tree}'))
})

test('nobody who is served nothing is told so by an empty catalogue', async () => {
  const { git, url, folder, shop } = await setUp('2')
  shop.marketplace.plugins = []
  await git('clone', '-q', url, 'clone')
  const catalogue = await readFile(join(folder, 'clone/.claude-plugin/marketplace.json'), 'utf8')
  expect(JSON.parse(catalogue)).toMatchObject({ plugins: [], forceRemoveDeletedPlugins: true })
})

test('a password is asked for, and taken from the address', async () => {
  const { git, url } = await setUp('2', 'cs_secret')
  await expect(git('ls-remote', url)).rejects.toThrow(/could not read Username/)
  expect(await git('ls-remote', url.replace('//', '//any:cs_secret@'))).toContain('refs/heads/main')
})

test('nobody can push', async () => {
  const { git, url } = await setUp('2')
  await git('clone', '-q', url, 'clone')
  const push = git('-C', 'clone', 'push', '-q', url, 'HEAD:refs/heads/evil')
  await expect(push).rejects.toThrow(/403|read-only/)
})

test('no attributes of a plugin change its bytes on the way to the disk', async () => {
  const { git, url, folder, shop } = await setUp('2')
  const text = '$Id$ line\nline\r\n'
  const files = {
    'SKILL.md': '---\nname: a\n---\n',
    'a.txt': text,
    '.gitattributes': '*.txt ident text eol=crlf\n',
    'sub/.GITATTRIBUTES': '* text',
    '.gitmodules': '[submodule "x"]',
  }
  await shop.serve({ slug: 'hello-by-ann', n: 2, files })
  await git('clone', '-q', '-c', 'core.autocrlf=true', url, 'clone')
  const skill = join(folder, 'clone/plugins/hello-by-ann/skills/hello-by-ann')
  expect(await readFile(join(skill, 'a.txt'), 'utf8')).toBe(text)
  await expect(stat(join(skill, '.gitattributes'))).rejects.toThrow()
  await git('-C', 'clone', 'fsck', '--strict')
})

test('large files and many of them arrive whole', async () => {
  const { git, url, folder, shop } = await setUp('2')
  const large = Buffer.from(Array.from({ length: 3 << 20 }, (_, at) => (at * at) % 251))
  const many = Object.fromEntries(
    Array.from({ length: 1500 }, (_, at) => [`d${at % 40}/f${at}`, `${at}`]),
  )
  await shop.serve({ slug: 'large-by-ann', n: 1, files: { ...aSkill('Large.'), large, ...many } })
  await git('clone', '-q', url, 'clone')
  await git('-C', 'clone', 'fsck', '--strict')
  const path = join(folder, 'clone/plugins/large-by-ann/skills/large-by-ann/large')
  expect((await readFile(path)).equals(large)).toBe(true)
})
