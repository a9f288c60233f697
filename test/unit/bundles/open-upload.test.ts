import { openUpload } from '@countersign/bundles/intake/open-upload'
import { ServiceError } from '@countersign/core/errors'
import type { EntityType } from '@countersign/core/store/entity'
import { expect, test } from 'vitest'
import { uploadOf } from '../../support/bundle-files.ts'
import { buildZip, zipOf } from '../../support/zip-builder.ts'

type Files = Record<string, string>

const skill = '---\nname: My Skill\ndescription: Says hello.\nversion: 1.10\n---\nWords.\n'
const agent = '---\nname: helper\ndescription: Helps.\n---\nWords.\n'
const plugin = '{"name": "tools", "version": "2.3.4", "description": "Does things."}'

async function open(files: Files, type: EntityType, fileName?: string) {
  return openUpload(await uploadOf(zipOf(files), fileName), type)
}

async function reasonOf(files: Files, type: EntityType): Promise<string> {
  try {
    await using _ = await open(files, type)
    return 'accepted'
  } catch (error) {
    if (error instanceof ServiceError) return `${error.code} ${error.members.reason}`
    throw error
  }
}

test('a skill in a folder is the bundle below that folder', async () => {
  await using upload = await open({ 'my-skill/SKILL.md': skill, 'my-skill/a/b.md': '' }, 'skill')
  expect(upload.files.map(({ path }) => path)).toEqual(['SKILL.md', 'a/b.md'])
  expect(upload).toMatchObject({
    type: 'skill',
    name: 'My Skill',
    description: 'Says hello.',
    authorVersion: '1.10',
    manifest: { path: 'SKILL.md', containerName: 'my-skill', parseError: null },
  })
})

test('an agent is the one Markdown file that describes itself, with what lies beside it', async () => {
  const files = { 'x/helper.md': agent, 'x/README.md': '# Read me', 'x/notes.md': '# Notes' }
  await using upload = await open(files, 'agent')
  expect(upload.files).toHaveLength(3)
  expect(upload.manifest).toMatchObject({ path: 'helper.md', containerName: 'helper' })
})

test('a plugin says what it is in its manifest', async () => {
  const files = { '.claude-plugin/plugin.json': plugin, 'skills/a/SKILL.md': skill }
  await using upload = await open(files, 'plugin')
  expect(upload).toMatchObject({
    name: 'tools',
    authorVersion: '2.3.4',
    manifest: { path: '.claude-plugin/plugin.json', containerName: '' },
  })
})

test('the shallowest anchor decides, whatever lies below it', async () => {
  const files = {
    'SKILL.md': skill,
    'other/SKILL.md': skill,
    'deep/plugin/.claude-plugin/plugin.json': plugin,
  }
  expect(await reasonOf(files, 'skill')).toBe('accepted')
})

test.each<EntityType>([
  'skill',
  'plugin',
])('a folder that is a skill and a plugin is a %s if it is said to be', async (type) => {
  const files = { 'SKILL.md': skill, '.claude-plugin/plugin.json': plugin }
  expect(await reasonOf(files, type)).toBe('accepted')
})

test.each<[reason: string, what: string, type: EntityType, files: Files]>([
  ['missing_anchor', 'nothing', 'skill', {}],
  ['missing_anchor', 'no SKILL.md', 'skill', { 'README.md': '# Read me' }],
  ['missing_anchor', 'an agent without a description', 'agent', { 'a.md': '---\nname: a\n---\n' }],
  ['wrong_type', 'a skill sent as a plugin', 'plugin', { 'SKILL.md': skill }],
  ['wrong_type', 'a skill sent as an agent', 'agent', { 'SKILL.md': skill }],
  ['wrong_type', 'an agent sent as a skill', 'skill', { 'a.md': agent }],
  ['wrong_type', 'a plugin sent as a skill', 'skill', { '.claude-plugin/plugin.json': plugin }],
  ['multiple_plugins', 'two skills', 'skill', { 'a/SKILL.md': skill, 'b/SKILL.md': skill }],
  ['multiple_plugins', 'two agents', 'agent', { 'a.md': agent, 'b.md': agent }],
  [
    'multiple_plugins',
    'a skill and a plugin side by side',
    'plugin',
    { 'a/SKILL.md': skill, 'b/.claude-plugin/plugin.json': plugin },
  ],
  ['stray_files', 'a file beside the folder', 'skill', { 'a/SKILL.md': skill, LICENSE: 'MIT' }],
  [
    'stray_files',
    'a folder whose name only begins alike',
    'skill',
    { 'a/SKILL.md': skill, 'a-b/c': '' },
  ],
])('%s: %s', async (reason, _, type, files) => {
  expect(await reasonOf(files, type)).toBe(`invalid_bundle ${reason}`)
})

test('a .skill file holds a lone SKILL.md, or a ZIP of a skill', async () => {
  await using lone = await openUpload(await uploadOf(Buffer.from(skill), 'hello.skill'), 'skill')
  expect(lone.files.map(({ path }) => path)).toEqual(['SKILL.md'])
  expect(lone.name).toBe('My Skill')
  await using zipped = await open({ 'a/SKILL.md': skill }, 'skill', 'hello.SKILL')
  expect(zipped.manifest.containerName).toBe('a')
})

test('a .skill file is refused as anything but a skill, whatever is in it', async () => {
  const upload = await uploadOf(Buffer.from(skill), 'hello.skill')
  await expect(openUpload(upload, 'agent')).rejects.toMatchObject({ code: 'skill_file_wrong_type' })
})

test('a .skill file of bytes is neither Markdown nor a ZIP', async () => {
  const upload = await uploadOf(Buffer.from('\x7fELF\0\0'), 'hello.skill')
  const members = { reason: 'zip_invalid' }
  await expect(openUpload(upload, 'skill')).rejects.toMatchObject({ members })
})

test('an archive over 50 MiB is too large before it is read', async () => {
  const upload = await uploadOf(Buffer.alloc((50 << 20) + 1))
  await expect(openUpload(upload, 'skill')).rejects.toMatchObject({
    code: 'too_large',
    kind: 'oversized',
  })
})

test('front matter that is no YAML still names the bundle, and says why it is none', async () => {
  const sloppy = '---\nname: sloppy\ndescription: Use when: it rains, or: it snows\n---\nWords.\n'
  await using upload = await open({ 'SKILL.md': sloppy }, 'skill')
  expect(upload.description).toBe('Use when: it rains, or: it snows')
  expect(upload.manifest.parseError).toMatch(/mapping/)
})

test.each([
  ['a manifest that is no JSON', '{"name": "tools",}', /JSON/],
  ['a manifest that is a list', '[]', /object/],
])('%s is told, not thrown', async (_, manifest, why) => {
  await using upload = await open({ '.claude-plugin/plugin.json': manifest }, 'plugin')
  expect(upload.manifest).toMatchObject({ fields: {}, parseError: expect.stringMatching(why) })
})

test('what a manifest suggests is one line that any database takes', async () => {
  const manifest = JSON.stringify({
    name: 'a\0b\u{2028}c',
    description: ' \ud800x\n y ',
    version: 7,
  })
  await using upload = await open({ '.claude-plugin/plugin.json': manifest }, 'plugin')
  expect(upload).toMatchObject({ name: 'a b c', description: '\u{fffd}x y', authorVersion: '7' })
})

test('a large bundle is read from its archive, a file at a time, each time it is asked for', async () => {
  const files = Array.from({ length: 6 }, (_, index) => {
    const data = Buffer.alloc(
      3 << 20,
      Buffer.from(Array.from({ length: 99 }, (_, at) => at * index)),
    )
    return { name: `f${index}`, data, method: 0 }
  })
  const archive = buildZip([{ name: 'SKILL.md', data: skill }, ...files])
  await using upload = await openUpload(await uploadOf(archive), 'skill')
  const [first] = upload.files.filter(({ path }) => path === 'f5')
  expect(await first?.read()).toEqual(files[5]?.data)
  expect(await first?.read()).not.toBe(await first?.read())
})
