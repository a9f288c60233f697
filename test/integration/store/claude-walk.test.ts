import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { block } from '@countersign/demo/model-replies'
import { expect, test } from 'vitest'
import { aSkill, zip } from '../../support/bundles.ts'
import { type ClaudeCode, createClaudeCode, installClaudeCode } from '../../support/claude-code.ts'
import { type Person, startService } from '../../support/start-service.ts'

const program = installClaudeCode()

test.skipIf(!program)(
  'the real Claude Code gets what is approved, when it is approved, and nothing else',
  async () => {
    const service = await startService()
    const ada = await service.asSomebody()
    const { body } = await ada.submit(aSkill({ note: 'The first edition.' }))
    await service.untilSettled(ada, body.submission.id)
    await ada.send('POST', `/api/store/entities/${body.id}/install`)
    const plugin = `${body.slug}@countersign`
    const claude = await aClaude(service.url, ada)

    await claude.run('plugin', 'marketplace', 'add', `${service.url}/marketplace.git`)
    await claude.run('plugin', 'install', plugin)
    expect(await readSkill(claude, body.slug)).toContain('The first edition.')

    await service.untilSettled(ada, await offer(ada, body.id, 'The second edition.'))
    await update(claude, plugin)
    expect(await readSkill(claude, body.slug)).toContain('The second edition.')

    service.model.follow(block())
    await service.untilSettled(ada, await offer(ada, body.id, 'The third edition.'))
    await update(claude, plugin)
    expect(await readSkill(claude, body.slug)).toContain('The second edition.')

    await ada.send('DELETE', `/api/store/entities/${body.id}`)
    await claude.run('plugin', 'marketplace', 'update', 'countersign')
    await claude.startSession(() => !readInstalled(claude).includes(plugin))
    expect(await list(claude)).toEqual([])
  },
)

/** A Claude Code whose git has the person's token, as their system's credential helper would. */
async function aClaude(url: string, { token }: Person): Promise<ClaudeCode> {
  const claude = await createClaudeCode(program ?? '')
  writeFileSync(join(claude.home, '.gitconfig'), '[credential]\n\thelper = store\n')
  const withToken = url.replace('//', `//anybody:${token}@`)
  writeFileSync(join(claude.home, '.git-credentials'), `${withToken}\n`)
  return claude
}

async function offer(ada: Person, id: string, note: string): Promise<string> {
  const file = { bytes: await zip(aSkill({ note })), fileName: 'bundle.zip' }
  const { body } = await ada.send('PUT', `/api/store/entities/${id}`, { form: { file } })
  return body.submission.id
}

async function update(claude: ClaudeCode, plugin: string): Promise<void> {
  await claude.run('plugin', 'marketplace', 'update', 'countersign')
  await claude.run('plugin', 'update', plugin)
}

async function list(claude: ClaudeCode): Promise<{ installPath: string }[]> {
  return JSON.parse(await claude.run('plugin', 'list', '--json'))
}

async function readSkill(claude: ClaudeCode, slug: string): Promise<string> {
  const [installed] = await list(claude)
  return readFileSync(join(installed?.installPath ?? '', 'skills', slug, 'SKILL.md'), 'utf8')
}

function readInstalled({ home }: ClaudeCode): string {
  const path = join(home, '.claude/plugins/installed_plugins.json')
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
