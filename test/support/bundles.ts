import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packTree } from '@countersign/bundles/intake/pack-tree'
import { sortTree } from '@countersign/bundles/intake/sort-tree'

export type Files = Record<string, string | Uint8Array>

/** A description that says something. */
export const description =
  'Checks that every figure in a monthly report agrees with the table that it was taken from.'

const body = `# Checking reports

Read the report once from start to end before you look at any table. Then take the figures one by one, in the order in
which they appear, and find the table each was taken from. Write down the figure, the table, the row and whether they agree.

Where a figure does not agree, say what the table has. Do not correct the report: the author decides.
`

/** The files of an honest skill. A change of \`note\` is a change of its bytes. */
export function aSkill({ name = 'report-checker', note = '', extra = {} as Files } = {}): Files {
  return {
    'SKILL.md': `---\nname: ${name}\ndescription: ${description}\n---\n\n${body}\n${note}\n`,
    ...extra,
  }
}

/** The files of an honest plugin with one command. */
export function aPlugin({ name = 'report-tools', extra = {} as Files } = {}): Files {
  return {
    '.claude-plugin/plugin.json': JSON.stringify({
      name,
      version: '3.1.4',
      description,
      author: { name: 'Ada Example' },
    }),
    'commands/check.md': `---\ndescription: Check the figures of a report against its tables\n---\n\n${body}`,
    ...extra,
  }
}

/** Packs files into a ZIP, the same way every time. */
export async function zip(files: Files): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-zip-'))
  const path = join(folder, 'bundle.zip')
  const tree = Object.entries(files).map(([path, content]) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    return { path, size: bytes.length, isExecutable: false, read: async () => bytes }
  })
  try {
    await packTree(sortTree(tree), path)
    return new Uint8Array(await readFile(path))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
