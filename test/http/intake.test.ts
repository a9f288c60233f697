import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aPlugin, aSkill, description, type Files } from '../support/bundles.ts'
import { aThinSkill, obedientModel } from '../support/obedient-model.ts'
import { shareService } from '../support/share-service.ts'
import { type Answer, type Person, startService } from '../support/start-service.ts'
import { buildZip, zipOf } from '../support/zip-builder.ts'

const service = shareService({ script: obedientModel })
const entities = '/api/store/entities'
const told = ({ status, body }: Answer) => [status, body?.code, body?.reason]

function send(person: Person, bytes: Uint8Array, fields = {}, path = entities) {
  const file = { bytes: new Uint8Array(bytes), fileName: 'bundle.zip' }
  return person.send('POST', path, { form: { type: 'skill', description, ...fields, file } })
}

const skill = { name: 'SKILL.md', data: String(aSkill()['SKILL.md']) }
const beside = (...names: string[]) =>
  buildZip([skill, ...names.map((name) => ({ name, data: 'x' }))])
const deep = `${'a/'.repeat(20)}b.md`

describe('422 invalid_bundle', () => {
  test.each<[string, string, Uint8Array, object?]>([
    ['zip_invalid', 'a truncated archive', zipOf(aSkill()).subarray(0, -30)],
    ['unsafe_path', 'a way out', beside('../evil.md')],
    ['unsafe_path', 'an absolute path', beside('/etc/cron.d/x')],
    ['unsafe_path', 'a backslash', beside('a\\b.md')],
    ['ambiguous_path', 'names that differ in case', beside('a.md', 'A.md')],
    ['ambiguous_path', 'the same name twice', beside('a.md', 'a.md')],
    ['ambiguous_path', 'a device of Windows', beside('nul.md')],
    ['ambiguous_path', 'a file that is also a folder', beside('a', 'a/b.md')],
    ['unsafe_entry', 'a symlink', buildZip([skill, { name: 'l', data: '/etc', mode: 0o120777 }])],
    ['unsupported_zip', 'an encrypted entry', buildZip([{ ...skill, flags: 0x801 }])],
    [
      'nested_archive',
      'an archive within',
      buildZip([skill, { name: 'a.dat', data: zipOf({ a: 'a' }) }]),
    ],
    ['bad_ratio', 'a bomb', buildZip([skill, { name: 'a.txt', data: Buffer.alloc(4_000_000) }])],
    ['path_too_deep', 'a path that is too deep', beside(deep)],
    ['path_too_long', 'a path that is too long', beside(`${'x'.repeat(241)}.md`)],
    ['missing_anchor', 'no SKILL.md', zipOf({ 'README.md': 'words' })],
    ['wrong_type', 'a plugin that is said to be a skill', zipOf(aPlugin())],
    ['stray_files', 'files beside the skill', zipOf({ 'a/SKILL.md': skill.data, 'b.md': 'x' })],
  ])('%s for %s', async (reason, _what, bytes, fields) => {
    const ada = await service().asSomebody()
    expect(told(await send(ada, bytes, fields))).toEqual([422, 'invalid_bundle', reason])
    const { body } = await ada.send('GET', entities)
    expect(
      body.items.filter(({ owner }: { owner: { id: string } }) => owner.id === ada.id),
    ).toEqual([])
  })

  test('leaves no scratch behind, and neither does what is accepted', async () => {
    const ada = await service().asSomebody()
    await send(ada, beside('../evil.md'))
    await ada.submit()
    const scratch = join(service().config.DATA_DIR, 'scratch')
    await expect.poll(() => readdir(scratch)).toEqual([])
  })

  test('TRAP 12: an upload that breaks off leaves nothing, and the same key works afterwards', async () => {
    const ada = await service().asSomebody()
    const key = { 'idempotency-key': 'an-upload-that-breaks-off' }
    const broken = await ada.send('POST', entities, {
      raw: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.zip"\r\n\r\nPK',
      headers: { ...key, 'content-type': 'multipart/form-data; boundary=x' },
    })
    expect(broken.status).toBe(422)
    const file = { bytes: new Uint8Array(zipOf(aSkill())), fileName: 'bundle.zip' }
    const form = { type: 'skill', description, file }
    expect((await ada.send('POST', entities, { form, headers: key })).status).toBe(201)
  })
})

test('201 what the archiver of some system added is dropped, and named', async () => {
  const ada = await service().asSomebody()
  const { status, body } = await send(ada, beside('__MACOSX/._SKILL.md', '.DS_Store'))
  expect(status).toBe(201)
  expect(body.dropped_files.toSorted()).toEqual(['.DS_Store', '__MACOSX/._SKILL.md'])
})

test('201 a .skill is one SKILL.md, or a ZIP of a skill', async () => {
  const ada = await service().asSomebody()
  const submit = (bytes: Uint8Array, name: string) =>
    ada.send('POST', entities, {
      form: {
        type: 'skill',
        name,
        description,
        file: { bytes: new Uint8Array(bytes), fileName: 'report-checker.skill' },
      },
    })
  expect((await submit(Buffer.from(skill.data), 'as text')).status).toBe(201)
  expect((await submit(zipOf(aSkill()), 'as an archive')).status).toBe(201)
})

test('422 submission_blocked tells what to do, and an admin can look at what was kept', async () => {
  const [ada, admin] = [await service().asSomebody(), await service().asAdmin()]
  const { status, body } = await ada.submit(aThinSkill())
  expect([status, body.code]).toEqual([422, 'submission_blocked'])
  expect(Object.keys(body.checks)).toEqual(['manifest', 'static_security', 'content', 'quality'])
  const path = `/api/admin/store/submissions/${body.submission_id}`
  expect((await admin.send('GET', path)).body.status).toBe('blocked_inline')
  expect((await admin.send('GET', `${path}/bundle.zip`)).status).toBe(200)
})

describe('the dry run', () => {
  const dryrun = (person: Person, files: Files) =>
    send(person, zipOf(files), {}, `${entities}/dryrun`)

  test('200 foretells what a submission would meet, and stores, audits and asks nothing', async () => {
    const ada = await service().asSomebody()
    const count = async () => {
      const [row] = await service().db.$client`
        select (select count(*) from entities) as entities, (select count(*) from blobs) as blobs,
          (select count(*) from audit_entries) as entries, (select count(*) from events) as events`
      return row
    }
    const [before, calls] = [await count(), service().model.calls.length]
    const sound = await dryrun(ada, aSkill({ name: 'never-sent' }))
    expect(sound).toMatchObject({ status: 200, body: { would: 'approve', review: null } })
    expect((await dryrun(ada, aThinSkill())).body).toMatchObject({
      would: 'block',
      checks: { content: { status: 'fail' } },
    })
    expect(told(await dryrun(ada, { 'README.md': 'x' }))).toEqual([
      422,
      'invalid_bundle',
      'missing_anchor',
    ])
    expect(await count()).toEqual(before)
    expect(service().model.calls).toHaveLength(calls)
  })

  test('200 hold where nobody could review it', async () => {
    const own = await startService({ env: { ANTHROPIC_API_KEY: '' }, withWorker: false })
    const { body } = await dryrun(await own.asSomebody(), aSkill())
    expect(body.would).toBe('hold')
  })
})

test('201 with the guardrails off what passes the checks is live at once, and the rest is not', async () => {
  const own = await startService({ env: { GUARDRAILS_ENABLED: 'false' }, withWorker: false })
  const ada = await own.asSomebody()
  const { body } = await ada.submit()
  expect(body).toMatchObject({
    visibility_status: 'approved',
    version_no: 1,
    submission: { status: 'approved', review: null },
  })
  expect((await ada.submit(aThinSkill('other'))).status).toBe(422)
})

test('429 quota_exceeded after so many blocked bundles a day; failures of ours do not count', async () => {
  const own = await startService({ script: obedientModel, env: { BLOCKED_QUOTA_PER_DAY: '2' } })
  const ada = await own.asSomebody()
  const failed = await ada.submit(aSkill({ name: 'failed', note: 'the model fails' }))
  await own.untilSettled(ada, failed.body.submission.id)
  const blocked = await ada.submit(aSkill({ name: 'blocked', note: 'the model blocks' }))
  await own.untilSettled(ada, blocked.body.submission.id)
  expect((await ada.submit(aThinSkill('thin'))).body.code).toBe('submission_blocked')
  const refused = await ada.submit(aSkill({ name: 'sound' }))
  expect([refused.status, refused.body.code]).toEqual([429, 'quota_exceeded'])
  expect((await (await own.asAgentOf(ada)).submit(aSkill())).body.code).toBe('quota_exceeded')
  expect((await (await own.asSomebody()).submit(aSkill())).status).toBe(201)
})
