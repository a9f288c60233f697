import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deleteForGood } from '@countersign/cli/commands/delete'
import { sealAudit } from '@countersign/core/audit/seal-audit'
import { createTransact } from '@countersign/db/store'
import { approve } from '@countersign/demo/model-replies'
import { expect, test } from 'vitest'
import { decide } from '../../support/approvals.ts'
import { aSkill, type Files } from '../../support/bundles.ts'
import { sitDown } from '../../support/cli-person.ts'
import { aSkillWithTools, obedientModel } from '../../support/obedient-model.ts'
import { openSandbox } from '../../support/open-sandbox.ts'
import { startReceiver } from '../../support/receiver.ts'
import { shareService } from '../../support/share-service.ts'

const service = shareService({
  script: obedientModel,
  env: { HUMAN_REVIEW_FOR: 'tools', WEBHOOK_ALLOW_PRIVATE: 'true' },
})
const says = (words: RegExp) => expect.stringMatching(words)

async function anAdmin() {
  const admin = await service().asAdmin()
  return { ...admin, ...(await sitDown(service(), admin)) }
}

/** A submission of somebody's that the model, or a person's absence, has settled. */
async function aSubmission(files: Files) {
  const ada = await service().asSomebody()
  const { body } = await ada.submit(files)
  const { id } = await service().untilSettled(ada, body.submission.id)
  return { id: id as string, entityId: body.id as string, ada }
}

test('an admin reads the queue and decides what is in it, on what was seen', async () => {
  const { run, read } = await anAdmin()
  const [held, doubted, blocked] = await Promise.all([
    aSubmission(aSkillWithTools({ name: 'held' })),
    aSubmission(aSkillWithTools({ name: 'doubted' })),
    aSubmission(aSkill({ name: 'blocked', note: 'the model blocks' })),
  ])
  const [queue, shown, story] = await Promise.all([
    run('admin', 'queue', '--status', 'needs_human'),
    read(['admin', 'show', held.id]),
    run('admin', 'show', blocked.id),
  ])
  expect(queue.out).toMatch(/needs_human 2/)
  expect(queue.out).toMatch(/ held +1 +needs_human \(policy\) /)
  expect(queue.out).not.toContain(blocked.id)
  expect(shown).toMatchObject({ capability_delta: expect.anything(), timeline: expect.anything() })
  expect(story.out).toMatch(/LLM-\w+/)
  expect(story.out).toMatch(/store\.submission\.blocked_llm$/m)

  const approve = ['admin', 'approve', held.id, '--comment', 'Known.', '--if-match']
  const reject = ['admin', 'reject', doubted.id]
  const [stale, without, uncoded] = await Promise.all([
    run(...approve, String(shown.revision - 1)),
    run(...reject),
    run(...reject, '--code', 'because'),
  ])
  expect(stale).toMatchObject({ code: 1, err: says(/^precondition_failed: /) })
  expect(without).toMatchObject({ code: 2, err: says(/--reason is needed/) })
  expect(uncoded).toMatchObject({ code: 2, err: says(/--code is one of/) })
  const [approved, rejected, overridden] = await Promise.all([
    read([...approve, String(shown.revision)]),
    read([...reject, '--code', 'unclear_origin']),
    read(['admin', 'override', blocked.id, '--reason', 'looked at by hand']),
  ])
  expect(approved).toMatchObject({ status: 'approved', entity_version_no: 1 })
  expect(rejected).toMatchObject({ status: 'rejected' })
  const before = { prior_status: 'blocked_llm' }
  expect(overridden).toMatchObject({ status: 'overridden', override: before })
  const rescan = ['admin', 'rescan', held.id, '--hide-on-fail']
  expect(await read(rescan)).toMatchObject({ status: 'pending_llm' })
})

test('what failed is retried, one of it or all', async () => {
  const { run, read } = await anAdmin()
  const failing = aSkill({ name: 'failing', note: 'the model fails' })
  const [one, two] = [await aSubmission(failing), await aSubmission(failing)]
  const left = await run('admin', 'retry')
  expect(left).toMatchObject({ code: 2, err: says(/Exactly one submission is needed/) })

  service().model.follow(approve())
  expect(await read(['admin', 'retry', one.id])).toMatchObject({ status: 'pending_llm' })
  const all = await read(['admin', 'retry', '--held'])
  expect(all.queued).toContainEqual({ id: two.id })
  for (const { id, ada } of [one, two]) {
    expect(await service().untilSettled(ada, id)).toMatchObject({ status: 'approved' })
  }
  service().model.follow(obedientModel)
})

test('while reviews are paused a script that waits is told so, with 4', async () => {
  const admin = await anAdmin()
  const person = await service().asSomebody()
  const { run, write } = await sitDown(service(), person)
  await admin.send('POST', '/api/admin/ops/pause')
  const paused = await run('submit', await write('one', aSkill()), '--type', 'skill', '--wait')
  expect(paused).toMatchObject({
    code: 4,
    out: says(/pending_llm \(paused\), waiting on: operator/),
  })
  await admin.send('POST', '/api/admin/ops/resume')
})

test('an exported audit is verified without the service, and a changed line is found', async () => {
  const { run, read, dir } = await anAdmin()
  const { entityId } = await aSubmission(aSkill({ name: 'audited' }))
  await sealAudit({ transact: createTransact(service().db) })
  expect(await read(['audit', 'verify'])).toMatchObject({ ok: true })
  const all = (await run('audit', 'export')).out
  await writeFile(join(dir, 'audit.jsonl'), all)
  const verified = await read(['audit', 'verify', '--file', 'audit.jsonl'])
  expect(verified).toMatchObject({ ok: true, broken_at: null })
  expect(verified.checked).toBeGreaterThan(5)

  await writeFile(join(dir, 'changed.jsonl'), all.replace('"version_no":1', '"version_no":2'))
  const changed = await run('audit', 'verify', '--file', 'changed.jsonl')
  expect(changed).toMatchObject({ code: 1, out: says(/broken at entry \d+/) })
  const part = await run('audit', 'export', '--resource', `entity:${entityId}`)
  expect(
    part.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).action),
  ).toContain('store.entity.create')
  expect(await run('audit', 'verify', '--file', 'nowhere')).toMatchObject({ code: 2 })
})

test('an entity is deleted for good by its name, and once another admin approved it', async () => {
  const { run, read } = await anAdmin()
  const other = await service().asSomebody('admin')
  const { entityId, ada } = await aSubmission(aSkill({ name: 'doomed' }))
  const wrong = await run('delete', entityId, '--confirm', 'something-else')
  expect(wrong).toMatchObject({ code: 2, err: says(/--confirm is its name, doomed/) })
  expect(await run('delete', entityId)).toMatchObject({ code: 2 })
  const owner = await sitDown(service(), ada)
  const confirmed = ['delete', entityId, '--confirm', 'doomed']
  expect(await owner.run(...confirmed)).toMatchObject({ err: says(/^hard_delete_admin_only: /) })

  const pending = await read(confirmed, 4)
  await decide(other, pending.approval_id)
  expect(await run(...confirmed)).toMatchObject({ code: 0, out: 'Deleted for good.\n' })
  expect(await owner.run('status', entityId)).toMatchObject({ err: says(/^not_found: /) })
})

test('a person at a terminal is asked for the name of what is to be deleted', async () => {
  const admin = await anAdmin()
  const { entityId } = await aSubmission(aSkill({ name: 'spared' }))
  const asked: string[] = []
  const terminal = {
    out() {},
    err() {},
    isInteractive: true,
    ask: async (question: string) => {
      asked.push(question)
      return 'spare'
    },
    askSecret: async () => '',
    readInput: async () => '',
    env: { COUNTERSIGN_URL: service().url, COUNTERSIGN_TOKEN: admin.token },
    cwd: admin.dir,
    signal: new AbortController().signal,
  }
  const deleting = deleteForGood.run({ values: {}, positionals: [entityId] }, terminal)
  await expect(deleting).rejects.toThrow('--confirm is its name, spared.')
  expect(asked).toEqual([says(/cannot be undone.*\(spared\)/)])
})

test('an address is told of events, and what it was told is shown, sent again and ended', async () => {
  openSandbox()
  const { run, read } = await anAdmin()
  const receiver = await startReceiver()
  const url = `${receiver.url}/hook`
  const { id, secret } = await read(['webhooks', 'add', url, '--events', 'entity.archived'])
  expect(secret).toMatch(/^whsec_/)
  const { entityId, ada } = await aSubmission(aSkill({ name: 'watched' }))
  expect((await ada.send('DELETE', `/api/store/entities/${entityId}`)).status).toBe(204)
  await receiver.untilHeard(1)
  const { items } = await read(['webhooks', 'log', id])
  expect(items).toMatchObject([{ event_type: 'entity.archived' }])
  const [again, rotated, listed] = await Promise.all([
    run('webhooks', 'redeliver', id, items[0].id),
    run('webhooks', 'rotate', id),
    run('webhooks', 'ls'),
  ])
  expect(again.code).toBe(0)
  await receiver.untilHeard(2)
  expect(rotated).toMatchObject({ code: 0, out: says(/^whsec_/) })
  expect(rotated.out.trim()).not.toBe(secret)
  expect(listed.out).toContain(url)
  expect(await run('webhooks', 'test', id)).toMatchObject({ code: 0 })
  await receiver.untilHeard(3)
  expect(await run('webhooks', 'rm', id)).toMatchObject({ code: 0 })
  expect((await read(['webhooks', 'ls'])).items).toEqual([])
})
