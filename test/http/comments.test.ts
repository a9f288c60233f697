import { expect, test } from 'vitest'
import { aSkill } from '../support/bundles.ts'
import { aThinSkill } from '../support/obedient-model.ts'
import { shareService } from '../support/share-service.ts'

const service = shareService({ withWorker: false })

/** A submission, whoever sent it, an admin, and the ways to its thread. */
async function aSubmission() {
  const ada = await service().asSomebody()
  const admin = await service().asAdmin()
  const { body } = await ada.submit(aSkill({ name: `said-${ada.id.slice(-12)}` }))
  const { id } = body.submission
  const own = `/api/store/submissions/${id}`
  const all = `/api/admin/store/submissions/${id}`
  const say = (json: object) => admin.send('POST', `${all}/comments`, { json })
  return { ada, admin, id, own, all, say }
}

test('201 a message is read by both sides, with the place it is about, and moves no revision', async () => {
  const { ada, admin, own, all, say } = await aSubmission()
  const { headers } = await admin.send('GET', all)
  const asked = await say({ text: 'What is this for?', file: 'SKILL.md', line: 3 })
  expect(asked.status).toBe(201)
  const question = { kind: 'message', verdict: null, by: admin.id, file: 'SKILL.md', line: 3 }
  expect(asked.body.items).toMatchObject([{ ...question, text: 'What is this for?' }])
  const answered = await ada.send('POST', `${own}/comments`, { json: { text: ' For figures. ' } })
  const answer = { kind: 'message', by: ada.id, file: null, line: null, text: 'For figures.' }
  expect(answered.body.items).toMatchObject([question, answer])
  const read = await admin.send('GET', all)
  expect(read.body.thread).toMatchObject([question, answer])
  expect(read.headers.get('etag')).toBe(headers.get('etag'))
})

test('201 a note among admins is told to nobody else', async () => {
  const { ada, admin, id, own, all, say } = await aSubmission()
  await say({ text: 'I know the author.', audience: 'admins' })
  expect((await admin.send('GET', all)).body.thread).toMatchObject([{ kind: 'note' }])
  const { body } = await ada.send('GET', own)
  expect(body.thread).toEqual([])
  expect(JSON.stringify(body)).not.toContain('I know the author.')
  const reply = await ada.send('POST', `${own}/comments`, { json: { text: 'Any news?' } })
  expect(reply.body.items).toMatchObject([{ text: 'Any news?' }])
  const told = await service().db.$client`
    SELECT data FROM events WHERE type = 'submission.commented' AND data->>'submission_id' = ${id}`
  expect(told).toHaveLength(1)
  const filter = `resource=submission:${id}&action=store.submission.noted`
  const { body: audit } = await admin.send('GET', `/api/admin/audit?${filter}`)
  expect(audit.items).toMatchObject([{ actor: { id: admin.id } }])
})

test('404 to a stranger, 403 to who is no admin, 422 for nothing said', async () => {
  const { ada, own, all, say } = await aSubmission()
  const stranger = await service().asSomebody()
  const json = { text: 'Let me in.' }
  const answers = [
    await stranger.send('POST', `${own}/comments`, { json }),
    await ada.send('POST', `${all}/comments`, { json }),
    await ada.send('POST', `${own}/comments`, { json: { ...json, audience: 'admins' } }),
    await say({ text: '   ' }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 403, 422, 422])
})

test('200 a timeline that is too long keeps what came last', async () => {
  const { admin, id, all, say } = await aSubmission()
  await service().db.$client`
    INSERT INTO audit_entries (id, actor_id, actor_kind, action, resource, params)
    SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'system', 'system', 'store.entity.install', ${`submission:${id}`}, '{}'
    FROM generate_series(1, 600) n`
  await say({ text: 'After all of that.' })
  const { body } = await admin.send('GET', all)
  expect(body.thread.map(({ text }: { text: string }) => text)).toContain('After all of that.')
})

test('200 who answers to a refusal asks for another look, until an admin answers or decides', async () => {
  const [ada, admin] = [await service().asSomebody(), await service().asAdmin()]
  const { body: sent } = await ada.submit(aThinSkill(`asks-${ada.id.slice(-12)}`))
  const id = sent.submission_id
  const own = `/api/store/submissions/${id}`
  const all = `/api/admin/store/submissions/${id}`
  const list = `/api/admin/store/submissions?submitter=${ada.id}&appealed=true`
  const say = { json: { text: 'It is short because it does little.' } }
  const asks = async () => {
    const [{ body: page }, { body: ops }, { body: read }] = await Promise.all([
      admin.send('GET', list),
      admin.send('GET', '/api/admin/ops'),
      ada.send('GET', own),
    ])
    const found = page.items.map((item: { id: string }) => item.id)
    expect(page.counts).toEqual(found.length > 0 ? { blocked_inline: 1 } : {})
    expect(found).toEqual(read.appealed_at ? [id] : [])
    expect(ops.appealed).toBe(found.length)
    return found.length > 0
  }
  expect(await asks()).toBe(false)
  await ada.send('POST', `${own}/comments`, say)
  expect(await asks()).toBe(true)
  await admin.send('POST', `${all}/comments`, { json: { text: 'Hm.', audience: 'admins' } })
  expect(await asks()).toBe(true)
  await admin.send('POST', `${all}/comments`, { json: { text: 'It says too little.' } })
  expect(await asks()).toBe(false)
  await ada.send('POST', `${own}/comments`, say)
  expect(await asks()).toBe(true)
  await admin.send('POST', `${all}/override`, { json: { reason: 'It does little indeed.' } })
  expect(await asks()).toBe(false)
})

test('200 what is said while nothing is refused asks for nothing', async () => {
  const { ada, own } = await aSubmission()
  await ada.send('POST', `${own}/comments`, { json: { text: 'Any news?' } })
  expect((await ada.send('GET', own)).body).toMatchObject({ appealed_at: null })
})
