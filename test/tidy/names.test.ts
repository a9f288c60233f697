import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const notOurs = new Set(['node_modules', 'dist', '.git', '.countersign', 'coverage'])

/** Every file of the repository, whether or not git knows it yet. */
const paths = await listFiles('')

/** Core files that hold a list of small things, and are named for the list. */
const lists = ['ids.ts', 'errors.ts', 'ports.ts', 'repositories.ts', 'reads.ts', 'access.ts']

const core = paths.filter((path) => /^packages\/core\/src\/.*\.ts$/.test(path))

test.each(
  core.filter((path) => !lists.includes(basename(path))),
)('%s is named for what it exports', async (path) => {
  const source = await readFile(new URL(path, root), 'utf8')
  const exported = [...source.matchAll(/^export (?:async )?\w+ (\w+)/gm)].map((match) =>
    match[1]?.toLowerCase(),
  )
  const name = basename(path, '.ts').replaceAll('-', '')
  expect(exported).toContainEqual(expect.stringMatching(new RegExp(`${name}(s|rules|markers)?$`)))
})

test('no file or folder is named for nothing', () => {
  const empty = /(^|\/)(utils?|helpers?|common|misc|manager|service|types|constants)(\.\w+$|\/)/
  expect(paths.filter((path) => empty.test(path))).toEqual([])
})

test('no folder of source holds more than fifteen files', () => {
  const folders = Map.groupBy(
    paths.filter((path) => /^(apps|packages)\/.*\/src\//.test(path)),
    (path) => path.slice(0, path.lastIndexOf('/')),
  )
  const crowded = [...folders].filter(([, files]) => files.length > 15)
  expect(crowded.map(([folder, files]) => `${folder}: ${files.length}`)).toEqual([])
})

test('the tree names no path of one machine and no host of a registry', async () => {
  const forbidden = new RegExp(
    ['(^|[^a-z.])/(wor' + 'k|far' + 'm)/', '"resol' + 'ved": *"https?:', '/tmp/ba' + 'sh_'].join(
      '|',
    ),
    'm',
  )
  const texts = paths.filter((path) => /\.(ts|tsx|mjs|json|md|yml|yaml|sh|css|html)$/.test(path))
  const offenders = await Promise.all(
    texts.map(async (path) => {
      const text = await readFile(new URL(path, root), 'utf8').catch(() => '')
      return forbidden.test(text) ? [path] : []
    }),
  )
  expect(offenders.flat()).toEqual([])
})

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(new URL(folder || '.', root), { withFileTypes: true })
  const kept = entries.filter(({ name }) => !notOurs.has(name))
  const lists = kept.map((entry) =>
    entry.isDirectory() ? listFiles(`${folder}${entry.name}/`) : [`${folder}${entry.name}`],
  )
  return (await Promise.all(lists)).flat()
}
