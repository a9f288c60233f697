import { describe, expect, test } from 'vitest'
import { aPlugin, aSkill, description, type Files, zip } from '../support/bundles.ts'
import { aThinSkill, obedientModel } from '../support/obedient-model.ts'
import { entityPath } from '../support/paths.ts'
import { shareService } from '../support/share-service.ts'
import type { Person } from '../support/start-service.ts'

const service = shareService({ script: obedientModel })
const other =
  'Compares the totals of two ledgers with each other and lists every line that differs.'

/** Somebody with an approved skill. */
async function anOwner(files?: Files, fields?: Record<string, string>) {
  const ada = await service().asSomebody()
  const { body } = await ada.submit(files, fields)
  await service().untilSettled(ada, body.submission.id)
  return { ada, id: body.id as string, slug: body.slug as string }
}

async function form(files: Files, fields: Record<string, string> = {}) {
  return { form: { ...fields, file: { bytes: await zip(files), fileName: 'bundle.zip' } } }
}

async function edit(person: Person, id: string, files: Files, fields: Record<string, string> = {}) {
  return person.send('PUT', entityPath(id), await form(files, fields))
}

const read = async (person: Person, id: string) => (await person.send('GET', entityPath(id))).body

describe('PUT with metadata alone', () => {
  test('422 validation_failed for a text in place of the file, whatever else would change', async () => {
    const { ada, id } = await anOwner()
    const fields = { category: 'reports', file: 'bundle.zip' }
    for (const sent of [{ json: fields }, { form: fields }]) {
      const { status, body } = await ada.send('PUT', entityPath(id), sent)
      expect([status, body.code, body.errors[0].path]).toEqual([422, 'validation_failed', 'file'])
    }
    expect((await read(ada, id)).category).toBeNull()
  })

  test('200 changes it at once, and makes no version', async () => {
    const { ada, id } = await anOwner()
    const json = { description: other, category: 'reports' }
    const { status, body, headers } = await ada.send('PUT', entityPath(id), { json })
    expect(status).toBe(200)
    expect(body).toMatchObject({ ...json, version_no: 1, dropped_files: [] })
    expect(body).not.toHaveProperty('submission')
    expect(body.versions).toHaveLength(1)
    expect(headers.get('etag')).toBe((await ada.send('GET', entityPath(id))).headers.get('etag'))
    expect(
      (await ada.send('PUT', entityPath(id), { json: { category: null } })).body.category,
    ).toBe(null)
  })

  test('200 a new name re-bakes what is served, under its new slug', async () => {
    const { ada, id, slug } = await anOwner()
    await ada.send('POST', `${entityPath(id)}/install`)
    const { body } = await ada.send('PUT', entityPath(id), { json: { name: 'Ledger Checker' } })
    expect(body.name).toBe('Ledger Checker')
    expect(body.slug).toMatch(/^ledger-checker-by-/)
    expect(body.slug).not.toBe(slug)
    const files = await ada.send('GET', `${entityPath(id)}/versions/1/files`)
    const paths = files.body.items.map(({ path }: { path: string }) => path)
    expect(paths).toContain(`skills/${body.slug}/SKILL.md`)
    const catalogue = await ada.send('GET', '/.claude-plugin/marketplace.json')
    expect(catalogue.body.plugins).toMatchObject([{ name: body.slug }])
    const skill = await ada.send(
      'GET',
      `${entityPath(id)}/versions/1/files/skills/${body.slug}/SKILL.md`,
    )
    expect(new TextDecoder().decode(skill.bytes)).toContain(`name: ${body.slug}`)
  })

  test('200 an old name is free again, and can be taken back', async () => {
    const { ada, id } = await anOwner()
    await ada.send('PUT', entityPath(id), { json: { name: 'second' } })
    const renamed = await ada.send('PUT', entityPath(id), { json: { name: 'report-checker' } })
    expect(renamed.status).toBe(200)
    expect(renamed.body.slug).toMatch(/^report-checker-by-/)
  })

  test('409 name_taken by another entity of the same owner, and only of the same owner', async () => {
    const { ada, id } = await anOwner()
    const second = await ada.submit(aSkill({ name: 'ledger-checker' }))
    await service().untilSettled(ada, second.body.submission.id)
    const json = { name: 'Ledger  CHECKER' }
    const taken = await ada.send('PUT', entityPath(id), { json })
    expect([taken.status, taken.body.code]).toEqual([409, 'name_taken'])
    const { ada: bob, id: theirs } = await anOwner()
    expect((await bob.send('PUT', entityPath(theirs), { json })).status).toBe(200)
  })

  test.each([
    { category: 'Not A Slug' },
    { category: 'x'.repeat(41) },
    { name: '' },
    { name: '!!!' },
    { name: 'x'.repeat(65) },
    { description: 'too short' },
  ])('422 for %j', async (json) => {
    const { ada, id } = await anOwner()
    const { status, body } = await ada.send('PUT', entityPath(id), { json })
    expect([status, body.code]).toEqual([422, 'validation_failed'])
  })

  test('400 type_locked for another type, with or without a bundle', async () => {
    const { ada, id } = await anOwner()
    const answers = [
      await ada.send('PUT', entityPath(id), { json: { type: 'agent' } }),
      await edit(ada, id, aPlugin(), { type: 'plugin' }),
    ]
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [400, 'type_locked'],
      [400, 'type_locked'],
    ])
    expect((await ada.send('PUT', entityPath(id), { json: { type: 'skill' } })).status).toBe(200)
  })
})

describe('If-Match', () => {
  test('412 precondition_failed for what has changed since it was read', async () => {
    const { ada, id } = await anOwner()
    const { headers } = await ada.send('GET', entityPath(id))
    const seen = { headers: { 'if-match': headers.get('etag') ?? '' } }
    const first = await ada.send('PUT', entityPath(id), { json: { category: 'a' }, ...seen })
    const second = await ada.send('PUT', entityPath(id), { json: { category: 'b' }, ...seen })
    expect([first.status, second.status]).toEqual([200, 412])
    expect(second.body.code).toBe('precondition_failed')
    expect((await read(ada, id)).category).toBe('a')
  })

  test('200 if it is in the list, or for whatever there is; 412 for anything else', async () => {
    const { ada, id } = await anOwner()
    const etag = (await ada.send('GET', entityPath(id))).headers.get('etag') ?? ''
    for (const match of ['*', etag, `W/${etag}`, `"0", W/"1" , ${etag}`, `${etag},"a,b",`]) {
      const request = { json: {}, headers: { 'if-match': match } }
      expect((await ada.send('PUT', entityPath(id), request)).status).toBe(200)
    }
    for (const match of ['"0", "999"', 'nonsense', `nonsense ${etag}`, '"*"']) {
      const request = { json: {}, headers: { 'if-match': match } }
      const { status, body } = await ada.send('PUT', entityPath(id), request)
      expect([match, status, body.code]).toEqual([match, 412, 'precondition_failed'])
    }
  })

  test('one of ten that edit at once wins', async () => {
    const { ada, id } = await anOwner()
    const etag = (await ada.send('GET', entityPath(id))).headers.get('etag') ?? ''
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        ada.send('PUT', entityPath(id), {
          json: { category: `c${n}` },
          headers: { 'if-match': etag },
        }),
      ),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 412)).toHaveLength(9)
  })
})

describe('PUT with a bundle', () => {
  test('200 TRAP D9: nothing an installer sees changes until it is approved, then all at once', async () => {
    const { ada, id, slug } = await anOwner()
    const bob = await service().asSomebody()
    const files = aSkill({ note: 'Please: the model blocks.' })
    const fields = { name: 'renamed', description: other, category: 'new' }
    const sent = await edit(ada, id, files, fields)
    expect(sent.status).toBe(200)
    expect(sent.body.submission).toMatchObject({ status: 'pending_llm', name: 'renamed' })
    await service().untilSettled(ada, sent.body.submission.id)
    const served = { name: 'report-checker', slug, description, category: null, version_no: 1 }
    expect(await read(bob, id)).toMatchObject(served)

    const second = await edit(ada, id, aSkill({ note: 'Better.' }), fields)
    const settled = await service().untilSettled(ada, second.body.submission.id)
    expect(settled).toMatchObject({ status: 'approved', version_no: 3, entity_version_no: 3 })
    const now = await read(bob, id)
    expect(now).toMatchObject({ ...fields, version_no: 3, version_hash: settled.version_hash })
    expect(now.slug).toMatch(/^renamed-by-/)
    expect(now).not.toHaveProperty('versions')
    expect(now).not.toHaveProperty('latest_submission')
  })

  test('422 submission_blocked tells which check, and keeps the version for admins', async () => {
    const { ada, id } = await anOwner()
    const { status, body } = await edit(ada, id, aThinSkill())
    expect([status, body.code]).toEqual([422, 'submission_blocked'])
    expect(body.checks.content.status).toBe('fail')
    const finding = body.checks.content.findings[0]
    expect(finding).toMatchObject({ tier: 'block', fix_hint: expect.any(String) })
    const mine = await read(ada, id)
    expect(mine).toMatchObject({ visibility_status: 'approved', version_no: 1 })
    expect(mine.latest_submission).toEqual({
      id: body.submission_id,
      status: 'blocked_inline',
      version_no: 2,
    })
    const again = await edit(ada, id, aSkill({ note: 'Better.' }))
    expect(again.body.submission.version_no).toBe(3)
  })

  test('409 name_taken while another version under review was promised the name', async () => {
    const { ada, id } = await anOwner()
    const second = await ada.submit(aSkill({ name: 'ledger-checker' }))
    await service().untilSettled(ada, second.body.submission.id)
    const taken = await edit(ada, id, aSkill({ note: 'x' }), { name: 'ledger-checker' })
    expect([taken.status, taken.body.code]).toEqual([409, 'name_taken'])
    expect((await read(ada, id)).versions).toHaveLength(1)
  })
})

describe('who may not', () => {
  test('403 for what they can see, 404 for what they cannot', async () => {
    const { ada, id } = await anOwner()
    const hidden = await ada.submit(aSkill({ name: 'secret', note: 'the model blocks' }))
    await service().untilSettled(ada, hidden.body.submission.id)
    const bob = await service().asSomebody()
    const tries = async (id: string) => [
      await bob.send('PUT', entityPath(id), { json: { category: 'x' } }),
      await edit(bob, id, aSkill({ note: 'mine now' })),
      await bob.send('POST', `${entityPath(id)}/versions/1/restore`),
      await bob.send('DELETE', entityPath(id)),
      await bob.send('GET', `${entityPath(id)}/diff?from=1&to=1`),
    ]
    const seen = await tries(id)
    expect(seen.map(({ status, body }) => [status, body.code])).toEqual(
      seen.map(() => [403, 'forbidden']),
    )
    const unseen = await tries(hidden.body.id)
    expect(unseen.map(({ status, body }) => [status, body.code])).toEqual(
      unseen.map(() => [404, 'not_found']),
    )
  })

  test('200 an admin edits anybody’s, and the entity stays its owner’s', async () => {
    const { ada, id, slug } = await anOwner()
    const admin = await service().asAdmin()
    const { status, body } = await edit(admin, id, aSkill({ note: 'by the admin' }))
    expect(status).toBe(200)
    expect(body).toMatchObject({ slug, owner: { id: ada.id } })
    expect(body.submission.submitter.id).toBe(admin.id)
    const settled = await service().untilSettled(ada, body.submission.id)
    expect(settled.status).toBe('approved')
  })
})
