import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type ClaudeCode, createClaudeCode, installClaudeCode } from '../../support/claude-code.ts'
import { startHttpsFront } from '../../support/https-front.ts'
import { serveMarketplace } from '../../support/marketplace-server.ts'
import { aSkill, createShop } from '../../support/served-marketplace.ts'

const program = installClaudeCode()
const password = 'cs_secret'
const plugin = 'hello-by-ann@countersign'
const skill = 'skills/hello-by-ann/SKILL.md'

describe.skipIf(!program)('the real claude, as its users have it', () => {
  test('by git: adds, installs, updates, keeps what is not approved away, and removes', async () => {
    const { claude, shop, server } = await setUp()
    // The address of the marketplace goes into files that people share, so it holds no token.
    writeFileSync(join(claude.home, '.gitconfig'), '[credential]\n\thelper = store\n')
    const withToken = server.url.replace('//', `//ann:${password}@`)
    writeFileSync(join(claude.home, '.git-credentials'), `${withToken}\n`)
    await claude.run('plugin', 'marketplace', 'add', `${server.url}/marketplace.git`)
    await walk(claude, shop)
    expect(readKnown(claude)).not.toContain(password)
  })

  test('by a catalogue of archives: the same, with the token in a header', async () => {
    const origin = 'https://store.example.test'
    const { claude, shop, hosts } = await setUp(origin)
    const url = `${origin}/.claude-plugin/marketplace.json`
    const headers = { Authorization: `Bearer ${password}` }
    const source = { source: 'url', url, headers }
    const settings = { extraKnownMarketplaces: { countersign: { source } } }
    await mkdir(join(claude.home, '.claude'))
    writeFileSync(join(claude.home, '.claude/settings.json'), JSON.stringify(settings))
    await claude.startSession(() => readKnown(claude).includes('countersign'))
    await walk(claude, shop)
    expect([...(hosts ?? [])]).toEqual(['store.example.test:443'])
  })
})

type Shop = Awaited<ReturnType<typeof createShop>>

/** A marketplace with one plugin in its first version, and a client of it. */
async function setUp(origin?: string) {
  const shop = await createShop()
  await shop.serve({ slug: 'hello-by-ann', n: 1, files: aSkill('The first words.') })
  const server = await serveMarketplace(shop, { password, ...(origin ? { origin } : {}) })
  const front = origin && (await startHttpsFront(new URL(origin).host, server.url))
  const { env = {}, hosts } = front || {}
  return { shop, server, hosts, claude: await createClaudeCode(program ?? '', env) }
}

/** What a person sees of a plugin from its first version to its end. */
async function walk(claude: ClaudeCode, shop: Shop): Promise<void> {
  await claude.run('plugin', 'install', plugin)
  expect(await listed(claude)).toMatchObject([{ id: plugin, version: '1.0.1' }])
  const { installPath } = (await listed(claude))[0] ?? { installPath: '' }
  expect(readFileSync(join(installPath, skill), 'utf8')).toContain('The first words.')
  const script = statSync(join(installPath, 'skills/hello-by-ann/scripts/run.sh'))
  expect(script.mode & 0o111).not.toBe(0)

  await shop.serve({ slug: 'hello-by-ann', n: 2, files: aSkill('The second words.') })
  await update(claude)
  const [updated] = await listed(claude)
  expect(updated?.version).toBe('1.0.2')
  expect(readFileSync(join(updated?.installPath ?? '', skill), 'utf8')).toContain('The second')

  await update(claude)
  expect(await listed(claude)).toEqual([updated])

  shop.withdraw('hello-by-ann')
  await claude.run('plugin', 'marketplace', 'update', 'countersign')
  await claude.startSession(() => !readInstalled(claude).includes(plugin))
  expect(await listed(claude)).toEqual([])
}

async function update(claude: ClaudeCode): Promise<void> {
  await claude.run('plugin', 'marketplace', 'update', 'countersign')
  await claude.run('plugin', 'update', plugin)
}

async function listed(claude: ClaudeCode): Promise<{ version: string; installPath: string }[]> {
  return JSON.parse(await claude.run('plugin', 'list', '--json'))
}

const readKnown = (claude: ClaudeCode) => read(claude, 'known_marketplaces.json')
const readInstalled = (claude: ClaudeCode) => read(claude, 'installed_plugins.json')

function read({ home }: ClaudeCode, name: string): string {
  const path = join(home, '.claude/plugins', name)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
