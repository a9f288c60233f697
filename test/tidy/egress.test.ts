import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)

/** Clients of the service, which write to nothing but to it; the probe only reads. */
const clients = /^(packages\/sdk|apps\/(cli|console|demo)|apps\/worker\/src\/probe)\//

const sources = await readSources()

/** Every way in which a process can reach another one. */
const waysOut = {
  // Not git's own verb of that name.
  'a request by fetch': /\b(await|return|=>) fetch\((?!lines)/,
  'a request by node:http': /import (?!type)[^;]*?\brequest\b[^;]*? from 'node:https?'/,
  'a bare socket':
    /import (?!type)[^;]*?\b(connect|createConnection|Socket)\b[^;]*? from 'node:(net|tls|dgram)'/,
  'a client of PostgreSQL': /[^.]\bpostgres\((url|`)|new (pg\.)?(Pool|Client)\(/,
  'a client of Redis': /new (Redis|Cluster)\(/,
  'a client of S3': /new S3Client\(/,
  'a client of the model': /new Anthropic\(/,
  'a client of mail': /\bcreateTransport\(/,
}

/** The plain request that our doors are built on. It asks no guard; whoever uses it does. */
const plainRequest = 'packages/egress/src/http/request.ts'

test.each(Object.entries(waysOut))('%s is made only where the write guard is asked', (_, way) => {
  const doors = sources.filter(({ path, text }) => way.test(text) && path !== plainRequest)
  expect(doors.filter(({ text }) => !asksGuard(text)).map(({ path }) => path)).toEqual([])
})

test('the ways out are seen', () => {
  const seen = Object.values(waysOut).filter((way) => sources.some(({ text }) => way.test(text)))
  expect(seen.length).toBeGreaterThanOrEqual(6)
})

test('whoever uses the plain request asks the write guard, and is a door', () => {
  const users = sources.filter(({ text }) => /from '[^']*http\/request(\.ts)?'/.test(text))
  expect(users.length).toBeGreaterThan(0)
  for (const { path, text } of users) {
    expect(path).toMatch(/^packages\/egress\//)
    expect(asksGuard(text)).toBe(true)
  }
})

test('the runtime is declared by entry points, and by nobody else', () => {
  const declaring = sources.filter(({ text }) => /\bdeclareRuntime\('/.test(text))
  expect(declaring.map(({ path }) => path).sort()).toEqual([
    'apps/api/src/main.ts',
    'apps/standalone/src/main.ts',
    'apps/worker/src/main.ts',
  ])
})

function asksGuard(text: string): boolean {
  return /from '[^']*guard\/admit(\.ts)?'/.test(text) && /\b(admit|requireAdmitted)\(/.test(text)
}

async function readSources(): Promise<{ path: string; text: string }[]> {
  const folders = ['packages', 'apps']
  const found = await Promise.all(
    folders.map(async (folder) => {
      const paths = await readdir(new URL(`${folder}/`, root), { recursive: true })
      return paths.map((path) => `${folder}/${path}`)
    }),
  )
  const ours = found
    .flat()
    .filter((path) => /^\w+\/[\w-]+\/src\/.*\.tsx?$/.test(path) && !clients.test(path))
  return Promise.all(
    ours.map(async (path) => ({ path, text: await readFile(new URL(path, root), 'utf8') })),
  )
}
