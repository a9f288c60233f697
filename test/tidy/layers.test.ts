import { existsSync, readdirSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { expect, test } from 'vitest'

/** Which layer may import which of our own, and which outside libraries are at home in it and nowhere else. */
const layers: Record<string, { ours: string[]; home: string[] }> = {
  'packages/core': { ours: [], home: ['canonicalize'] },
  'packages/contract': { ours: ['core'], home: [] },
  'packages/sdk': { ours: ['contract'], home: [] },
  'packages/db': { ours: ['core', 'egress'], home: ['drizzle-orm', 'postgres'] },
  'packages/queue': {
    ours: ['egress'],
    home: ['bullmq', 'ioredis', 'pg', 'rate-limiter-flexible'],
  },
  'packages/bundles': { ours: ['core', 'egress'], home: ['@aws-sdk'] },
  'packages/scanner': { ours: ['core', 'bundles'], home: [] },
  'packages/reviewer': { ours: ['core', 'egress'], home: ['@anthropic-ai'] },
  'packages/egress': { ours: ['core'], home: ['ipaddr.js', 'nodemailer'] },
  'packages/runtime': { ours: [], home: ['pino', 'prom-client', '@opentelemetry'] },
  'apps/api': {
    ours: ['core', 'contract', 'db', 'queue', 'bundles', 'scanner', 'runtime', 'egress'],
    home: ['fastify', '@fastify'],
  },
  'apps/worker': {
    ours: ['core', 'db', 'queue', 'bundles', 'scanner', 'reviewer', 'egress', 'runtime'],
    home: [],
  },
  'apps/standalone': { ours: ['api', 'worker', 'egress', 'runtime'], home: [] },
  'apps/console': {
    ours: ['sdk'],
    home: ['react', 'react-dom', '@base-ui', '@tanstack', 'lucide-react', 'lowlight'],
  },
  'apps/cli': {
    ours: ['sdk', 'core', 'bundles', 'scanner'],
    home: ['@modelcontextprotocol'],
  },
  'apps/evaluate': { ours: ['core', 'scanner'], home: [] },
  'apps/demo': { ours: ['sdk', 'bundles', 'runtime'], home: [] },
}

/** Libraries that are at home in more than one layer are left to the reviewer of a change. */
const homeless = new Set(Object.values(layers).flatMap(({ home }) => home))

const written = Object.entries(layers).filter(([layer]) => {
  const source = new URL(`../../${layer}/src/`, import.meta.url)
  return existsSync(source) && readdirSync(source).length > 0
})

test.each(written)('%s imports only what it may', async (layer, { ours, home }) => {
  const imports = await importsOf(layer)
  expect(imports.length).toBeGreaterThan(0)

  const itself = layer.split('/')[1]
  const ourOwn = imports.flatMap((name) => name.match(/^@countersign\/([^/]+)/)?.slice(1) ?? [])
  expect(ourOwn.filter((name) => name !== itself && !ours.includes(name))).toEqual([])

  const libraries = imports.map((name) => name.split('/')[0] ?? name)
  expect(libraries.filter((name) => homeless.has(name) && !home.includes(name))).toEqual([])
})

test('the core imports zod, canonicalize and what Node brings, and nothing else', async () => {
  const outside = (await importsOf('packages/core')).filter((name) => !name.startsWith('node:'))
  expect([...new Set(outside)].sort()).toEqual(expect.arrayContaining(['zod']))
  expect(outside.filter((name) => !['zod', 'canonicalize'].includes(name))).toEqual([])
})

test('ARCHITECTURE.md shows the law as it is', async () => {
  const document = await readFile(new URL('../../ARCHITECTURE.md', import.meta.url), 'utf8')
  const law = new Map(Object.entries(layers).map(([path, { ours }]) => [basename(path), ours]))
  const shown = [...document.matchAll(/^\| (\w+) \| ([^|]+) \|/gm)]
    .filter(([, name = '']) => law.has(name))
    .map(([, name, ours]) => [name, ours?.match(/\w+/g)?.filter((word) => law.has(word)) ?? []])
  expect(shown.length).toBeGreaterThan(10)
  expect(Object.fromEntries(law)).toMatchObject(Object.fromEntries(shown))
})

async function importsOf(layer: string): Promise<string[]> {
  const root = new URL(`../../${layer}/src/`, import.meta.url)
  const paths = (await readdir(root, { recursive: true })).filter((path) => /\.tsx?$/.test(path))
  const sources = await Promise.all(paths.map((path) => readFile(new URL(path, root), 'utf8')))
  return sources.flatMap((source) =>
    [...source.matchAll(/(?:from|import|import\()\s*'([^'.][^']*)'/g)].flatMap(
      (match) => match[1] ?? [],
    ),
  )
}
