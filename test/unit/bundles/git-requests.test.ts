import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { createFileBlobStore } from '@countersign/bundles/blobs/file-blob-store'
import { encodeLine, parsePackets } from '@countersign/bundles/git/packet-line'
import { createGitServer, type GitRequest } from '@countersign/bundles/git/serve-git'
import { expect, test } from 'vitest'
import { createFolder } from '../../support/create-folder.ts'

const marketplace = { name: 'm', ownerName: 'o', description: 'd', plugins: [] }

async function ask(request: GitRequest) {
  const serve = createGitServer(createFileBlobStore(await createFolder()))
  const { status, headers, body } = await serve(request, marketplace)
  return { status, headers, text: (await buffer(body)).toString('latin1') }
}

const post = (text: string | Buffer, more: Partial<GitRequest> = {}) =>
  ask({ method: 'POST', path: 'git-upload-pack', body: only(Buffer.from(text as string)), ...more })

async function findCommit(): Promise<string> {
  const { text } = await ask({ method: 'GET', path: 'info/refs', service: 'git-upload-pack' })
  return text.match(/[0-9a-f]{40}(?= HEAD)/)?.[0] ?? ''
}

test.each<[number, string, GitRequest]>([
  [403, 'a push', { method: 'GET', path: 'info/refs', service: 'git-receive-pack' }],
  [403, 'the pack of a push', { method: 'POST', path: 'git-receive-pack' }],
  [403, 'a client that is not smart', { method: 'GET', path: 'info/refs' }],
  [404, 'a file of a repository', { method: 'GET', path: 'objects/info/packs' }],
  [404, 'a way out', { method: 'GET', path: '../../etc/passwd' }],
  [404, 'a pack by GET', { method: 'GET', path: 'git-upload-pack' }],
])('%i: %s', async (status, _, request) => {
  expect((await ask(request)).status).toBe(status)
})

test.each([
  ['noise', 'what is this'],
  ['a line cut off', '0032want 0000'],
  ['an impossible length', '0003'],
  ['more than anybody needs to say', Buffer.alloc((1 << 20) + 1, '0000')],
])('400: %s', async (_, text) => {
  expect((await post(text)).status).toBe(400)
})

test('400: a small body that unpacks to more than anybody needs to say', async () => {
  const bomb = gzipSync(Buffer.alloc(4 << 20, '0000'))
  expect((await post(bomb, { encoding: 'gzip' })).status).toBe(400)
})

test.each([
  '',
  'version=2',
])('a request for nothing, or for what is not live, gets no pack (%s)', async (protocol) => {
  const command = protocol ? encodeLine('command=fetch\n') : ''
  for (const want of ['', encodeLine(`want ${'0'.repeat(40)}\n`)]) {
    const { text } = await post(`${command}${want}0000${encodeLine('done\n')}0000`, { protocol })
    expect(text).toMatch(/^[0-9a-f]{4}ERR upload-pack: (nothing|not our ref)/)
  }
})

test('a command that nobody knows is refused in words', async () => {
  const { text } = await post(`${encodeLine('command=object-info\n')}0000`, {
    protocol: 'version=2',
  })
  expect(text).toContain('ERR unknown command')
})

test('a client that still lists what it has is told to go on, and gets its pack when done', async () => {
  const commit = await findCommit()
  const want = encodeLine(`want ${commit} side-band-64k\n`)
  const have = encodeLine(`have ${'1'.repeat(40)}\n`)
  expect((await post(`${want}0000${have}0000`)).text).toBe('0008NAK\n')
  const { text, headers } = await post(gzipSync(`${want}0000${have}${encodeLine('done\n')}`), {
    encoding: 'gzip',
  })
  expect(text.slice(0, 8)).toBe('0008NAK\n')
  expect(text.slice(12, 17)).toBe('\x01PACK')
  expect(text.endsWith('0000')).toBe(true)
  expect(headers['content-type']).toBe('application/x-git-upload-pack-result')
})

test('a second protocol that is asked for among others is spoken', async () => {
  const get = { method: 'GET', path: 'info/refs', service: 'git-upload-pack' }
  const { text } = await ask({ ...get, protocol: 'foo:version=2' })
  expect(parsePackets(Buffer.from(text))[0]).toBe('version 2')
})

async function* only(bytes: Buffer) {
  yield bytes
}
