import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { aSkill, type Files, zip } from '../support/bundles.ts'
import { blockedSkill, obedientModel } from '../support/obedient-model.ts'
import { entityPath } from '../support/paths.ts'
import { shareService } from '../support/share-service.ts'
import type { Answer, Person } from '../support/start-service.ts'
import { told } from '../support/told.ts'

const service = shareService({ script: obedientModel })
const textOf = ({ bytes }: Answer) => new TextDecoder().decode(bytes)

async function anEntity(first: Files, ...later: Files[]) {
  const ada = await service().asSomebody()
  const { body } = await ada.submit(first)
  await service().untilSettled(ada, body.submission.id)
  for (const files of later) await follow(ada, body.id, files)
  return { ada, id: body.id as string, slug: body.slug as string }
}

async function follow(person: Person, id: string, files: Files) {
  const file = { bytes: await zip(files), fileName: 'bundle.zip' }
  const { body } = await person.send('PUT', entityPath(id), { form: { file } })
  return service().untilSettled(person, body.submission.id)
}

describe('the files of a version', () => {
  test('200 are listed with size, SHA-256 and kind', async () => {
    const icon = Uint8Array.from(
      Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
        'base64',
      ),
    )
    const { ada, id, slug } = await anEntity(aSkill({ extra: { 'assets/icon.png': icon } }))
    const { status, body } = await ada.send('GET', `${entityPath(id)}/versions/1/files`)
    expect(status).toBe(200)
    expect(body.items.map(({ path }: { path: string }) => path)).toEqual([
      '.claude-plugin/plugin.json',
      `skills/${slug}/SKILL.md`,
      `skills/${slug}/assets/icon.png`,
    ])
    expect(body.items[2]).toEqual({
      path: `skills/${slug}/assets/icon.png`,
      size: icon.length,
      sha256: createHash('sha256').update(icon).digest('hex'),
      kind: 'image',
      executable: false,
    })
    const file = await ada.send(
      'GET',
      `${entityPath(id)}/versions/1/files/skills/${slug}/assets/icon.png`,
    )
    expect(file.headers.get('content-type')).toBe('application/octet-stream')
    expect(file.headers.get('content-disposition')).toBe('attachment')
    expect(Buffer.from(file.bytes).equals(icon)).toBe(true)
  })

  test('200 are read as they are, whatever their names, and never rendered', async () => {
    const names = ['a b.md', 'ü & é.md', '100%.md', 'a#b.md', 'page.html']
    const extra = Object.fromEntries(names.map((name) => [`notes/${name}`, `<script>${name}`]))
    const { ada, id, slug } = await anEntity(aSkill({ extra }))
    for (const name of names) {
      const path = `skills/${slug}/notes/${encodeURIComponent(name)}`
      const file = await ada.send('GET', `${entityPath(id)}/versions/1/files/${path}`)
      expect([name, file.status, textOf(file)]).toEqual([name, 200, `<script>${name}`])
      expect(file.headers.get('content-type')).toBe('text/plain; charset=utf-8')
      expect(file.headers.get('x-content-type-options')).toBe('nosniff')
      expect(file.headers.get('content-security-policy')).toMatch(/default-src 'none'/)
    }
  })

  test.each([
    'nothing.md',
    '../../../etc/passwd',
    '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '..%5c..%5cwindows',
    '',
    '%00',
    '%ff',
    '/etc/passwd',
  ])('404 for the path %j', async (path) => {
    const { ada, id } = await anEntity(aSkill())
    const answer = await ada.send('GET', `${entityPath(id)}/versions/1/files/${path}`)
    expect(told(answer)).toEqual([404, 'not_found'])
  })
})

describe('TRAP 14: who sees which version', () => {
  test('a stranger sees the live one and no other, by no URL', async () => {
    const { ada, id, slug } = await anEntity(aSkill(), aSkill({ note: 'two' }), blockedSkill)
    const [bob, admin] = [await service().asSomebody(), await service().asAdmin()]
    const paths = (n: number) =>
      ['files', `files/skills/${slug}/SKILL.md`, 'bundle.zip'].map(
        (part) => `${entityPath(id)}/versions/${n}/${part}`,
      )
    const statusesFor = (person: Person, n: number) =>
      Promise.all(paths(n).map(async (path) => (await person.send('GET', path)).status))
    const three = (status: number) => [status, status, status]
    for (const [n, forStrangers, forOwners] of [
      [1, 404, 200],
      [2, 200, 200],
      [3, 404, 200],
      [4, 404, 404],
    ] as const) {
      expect([n, await statusesFor(bob, n)]).toEqual([n, three(forStrangers)])
      expect([n, await statusesFor(ada, n)]).toEqual([n, three(forOwners)])
      expect([n, await statusesFor(admin, n)]).toEqual([n, three(forOwners)])
    }
    const status = await bob.send('GET', `${entityPath(id)}/status`)
    expect(status.body).toEqual({
      entity_id: id,
      visibility_status: 'approved',
      version_no: 2,
      submission: null,
    })
  })

  test('a first version under review, and one that was blocked, do not exist for strangers', async () => {
    const { id } = await anEntity(blockedSkill)
    const bob = await service().asSomebody()
    for (const part of ['', '/status', '/versions/1/files', '/versions/1/bundle.zip']) {
      expect(told(await bob.send('GET', entityPath(id) + part))).toEqual([404, 'not_found'])
    }
    expect(told(await bob.send('POST', `${entityPath(id)}/install`))).toEqual([404, 'not_found'])
    const { body } = await bob.send('GET', '/api/store/entities?limit=200')
    expect(body.items.map((item: { id: string }) => item.id)).not.toContain(id)
  })
})

describe('bundle.zip', () => {
  test('200 is the same bytes each time, known by its hash; 304 for who has it', async () => {
    const { ada, id } = await anEntity(aSkill())
    const path = `${entityPath(id)}/versions/1/bundle.zip`
    const [one, other] = [await ada.send('GET', path), await ada.send('GET', path)]
    expect(one.headers.get('content-type')).toBe('application/zip')
    expect(Buffer.from(one.bytes).equals(other.bytes)).toBe(true)
    const etag = one.headers.get('etag') ?? ''
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await ada.send('GET', path, { headers: { 'if-none-match': known } })
      expect([known, answer.status, answer.bytes.length]).toEqual([known, 304, 0])
    }
    const unknown = { headers: { 'if-none-match': `"other", nonsense, ${etag}` } }
    expect((await ada.send('GET', path, unknown)).status).toBe(200)
    const { body } = await ada.send('GET', entityPath(id))
    expect(one.headers.get('etag')).toBe(`"${body.version_hash}"`)
    expect(body.file_size).toBe(one.bytes.length)
  })

  test('410 bundle_purged for whoever comes too late, while the inventory stays', async () => {
    const { ada, id, slug } = await anEntity(blockedSkill)
    await service().db.$client`
      update submissions set bundle_purged_at = now() where entity_id = ${id}`
    const version = `${entityPath(id)}/versions/1`
    const parts = [`${version}/bundle.zip`, `${version}/files/skills/${slug}/SKILL.md`]
    for (const path of [...parts, `${entityPath(id)}/diff?from=1&to=1`]) {
      expect(told(await ada.send('GET', path))).toEqual([410, 'bundle_purged'])
    }
    expect((await ada.send('GET', `${version}/files`)).body.items).toHaveLength(2)
  })
})

describe('the diff between two versions', () => {
  test('200 shows what was changed, added, moved and removed', async () => {
    const { ada, id, slug } = await anEntity(
      aSkill({ extra: { 'notes/old.md': 'kept\n', 'notes/gone.md': 'gone\n' } }),
      aSkill({ note: 'A new line.', extra: { 'notes/new.md': 'kept\n', 'extra.md': 'more\n' } }),
    )
    const { status, body } = await ada.send('GET', `${entityPath(id)}/diff?from=1&to=2`)
    expect(status).toBe(200)
    const folder = `skills/${slug}`
    const changes = body.files.map(({ path, change }: Record<string, string>) => [change, path])
    expect(changes).toEqual([
      ['modified', '.claude-plugin/plugin.json'],
      ['modified', `${folder}/SKILL.md`],
      ['added', `${folder}/extra.md`],
      ['removed', `${folder}/notes/gone.md`],
      ['renamed', `${folder}/notes/new.md`],
    ])
    expect(body.files[1].patch).toContain('+A new line.')
    expect(body.files[4]).toMatchObject({ from_path: `${folder}/notes/old.md`, patch: null })
    const back = await ada.send('GET', `${entityPath(id)}/diff?from=2&to=1`)
    expect(back.body.files[1].patch).toContain('-A new line.')
    const same = await ada.send('GET', `${entityPath(id)}/diff?from=2&to=2`)
    expect(same.body).toEqual({ files: [] })
  })

  test('404 version_not_found for no version; 422 without two numbers', async () => {
    const { ada, id } = await anEntity(aSkill())
    const diff = (query: string) => ada.send('GET', `${entityPath(id)}/diff${query}`)
    expect(told(await diff('?from=1&to=2'))).toEqual([404, 'version_not_found'])
    for (const query of ['', '?from=1', '?from=a&to=1', '?from=0&to=1', '?from=1&to=2147483648']) {
      expect(told(await diff(query))).toEqual([422, 'validation_failed'])
    }
  })
})

describe('status', () => {
  const statusOf = (person: Person, id: string, query: string) =>
    person.send('GET', `${entityPath(id)}/status${query}`)

  test('200 waits until the submission leaves pending_llm, and no longer', async () => {
    const ada = await service().asSomebody()
    const { body } = await ada.submit(aSkill({ note: 'waited for' }))
    const query = `?wait=50&submission_id=${body.submission.id}`
    const [one, other] = await Promise.all([
      statusOf(ada, body.id, query),
      statusOf(ada, body.id, '?wait=50'),
    ])
    expect(one.body).toEqual({
      entity_id: body.id,
      visibility_status: 'approved',
      version_no: 1,
      submission: { id: body.submission.id, status: 'approved' },
    })
    expect(other.body).toEqual(one.body)
  })

  test('200 at the end of the wait, with what is so then', async () => {
    const ada = await service().asSomebody()
    const admin = await service().asAdmin()
    await admin.send('POST', '/api/admin/ops/pause')
    const { body } = await ada.submit(aSkill({ note: 'waited for in vain' }))
    const answer = await statusOf(ada, body.id, '?wait=0.3')
    await admin.send('POST', '/api/admin/ops/resume')
    expect(answer.body.submission.status).toBe('pending_llm')
  })

  test('422 for a wait that is none, 404 for another’s submission', async () => {
    const { ada, id } = await anEntity(aSkill())
    for (const wait of ['51', '-1', 'x']) {
      expect((await statusOf(ada, id, `?wait=${wait}`)).status).toBe(422)
    }
    const query = `?submission_id=${id}`
    expect((await statusOf(ada, id, query)).status).toBe(404)
  })
})
