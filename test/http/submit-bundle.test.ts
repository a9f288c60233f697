import { block } from '@countersign/demo/model-replies'
import { describe, expect, test } from 'vitest'
import { aPlugin, aSkill, description, zip } from '../support/bundles.ts'
import { startService } from '../support/start-service.ts'

describe.each(['redis', 'postgres'] as const)('with the queue on %s', (engine) => {
  test('201 a clean bundle is reviewed, approved and served', async () => {
    const service = await startService({ engine })
    const ada = await service.asSomebody()

    const sent = await ada.submit()
    expect(sent.status).toBe(201)
    expect(sent.headers.get('location')).toBe(`/api/store/entities/${sent.body.id}`)
    expect(sent.body).toMatchObject({
      type: 'skill',
      visibility_status: 'pending',
      version_no: null,
      submission: { status: 'pending_llm', version_no: 1, entity_version_no: null },
    })

    const settled = await service.untilSettled(ada, sent.body.submission.id)
    expect(settled).toMatchObject({ status: 'approved', review: { risk_level: 'safe' } })
    expect(settled.review.coverage.covered).toBe(settled.review.coverage.bytes)
    const { body: entity } = await ada.send('GET', `/api/store/entities/${sent.body.id}`)
    expect(entity).toMatchObject({
      visibility_status: 'approved',
      version_no: 1,
      version_hash: settled.version_hash,
      versions: [{ n: 1, hash: settled.version_hash, status: 'approved' }],
    })
  })
})

test('201 a high-risk verdict blocks, and nothing is served', async () => {
  const service = await startService({ script: block() })
  const [ada, bob] = [await service.asSomebody(), await service.asSomebody()]
  const { body } = await ada.submit()

  const settled = await service.untilSettled(ada, body.submission.id)

  expect(settled).toMatchObject({ status: 'blocked_llm', waiting_on: 'submitter' })
  expect(settled.review.findings.length).toBeGreaterThan(0)
  const mine = await ada.send('GET', `/api/store/entities/${body.id}`)
  expect(mine.body).toMatchObject({ visibility_status: 'pending', version_no: null })
  expect((await bob.send('GET', `/api/store/entities/${body.id}`)).status).toBe(404)
})

test('201 a blocked first upload is simply sent again, as the next version of the same entity', async () => {
  const service = await startService({ script: block() })
  const ada = await service.asSomebody()
  const first = await ada.submit()
  await service.untilSettled(ada, first.body.submission.id)

  const second = await ada.submit(aSkill({ note: 'Better now.' }))

  expect(second.status).toBe(201)
  expect(second.body.id).toBe(first.body.id)
  expect(second.body.submission.version_no).toBe(2)
})

test('201 an agent submits for its owner, whose entity it becomes', async () => {
  const service = await startService({ withWorker: false })
  const ada = await service.asSomebody()
  const agent = await service.asAgentOf(ada)

  const { status, body } = await agent.submit()

  expect(status).toBe(201)
  expect(body.owner.id).toBe(ada.id)
  expect(body.submission.submitter).toEqual({ id: ada.id, email: ada.email })
})

test('401 without a token, and with a wrong one', async () => {
  const service = await startService({ withWorker: false })
  const anonymous = await service.send('POST', '/api/store/entities')
  expect(anonymous.status).toBe(401)
  expect(anonymous.body).toMatchObject({
    code: 'unauthenticated',
    type: '/problems/unauthenticated',
  })
  expect(anonymous.body.request_id).toBe(anonymous.headers.get('x-request-id'))
})

test('409 name_taken while the own entity of that name is under review', async () => {
  const service = await startService({ withWorker: false })
  const ada = await service.asSomebody()
  await ada.submit()
  const again = await ada.submit(aSkill({ note: 'other bytes' }))
  expect(again).toMatchObject({ status: 409, body: { code: 'name_taken' } })
})

test('422 validation_failed names every field that is wrong', async () => {
  const service = await startService({ withWorker: false })
  const ada = await service.asSomebody()
  const { status, body } = await ada.send('POST', '/api/store/entities', {
    form: { type: 'gadget', category: 'Not A Slug' },
  })
  expect(status).toBe(422)
  expect(body.code).toBe('validation_failed')
  expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
    'category',
    'description',
    'file',
    'type',
  ])
})

test('422 validation_failed for two files, of which only one could be meant', async () => {
  const service = await startService({ withWorker: false })
  const ada = await service.asSomebody()
  const form = new FormData()
  form.set('type', 'skill')
  form.set('description', description)
  for (const name of ['first.zip', 'second.zip']) {
    form.append('file', new Blob([await zip(aSkill())]), name)
  }
  const headers = { authorization: `Bearer ${ada.token}` }
  const address = `${service.url}/api/store/entities`
  const response = await fetch(address, { method: 'POST', headers, body: form })
  const { code, errors } = (await response.json()) as { code: string; errors: object[] }
  expect([response.status, code]).toEqual([422, 'validation_failed'])
  expect(errors).toEqual([{ path: 'file', message: 'is sent more than once' }])
  expect((await ada.send('GET', '/api/store/entities')).body.items).toEqual([])
})

test('422 invalid_bundle for what is no ZIP, and nothing is stored', async () => {
  const service = await startService({ withWorker: false })
  const ada = await service.asSomebody()
  const file = { bytes: new TextEncoder().encode('not a zip'), fileName: 'bundle.zip' }
  const { status, body } = await ada.send('POST', '/api/store/entities', {
    form: { type: 'skill', description, file },
  })
  expect(status).toBe(422)
  expect(body).toMatchObject({ code: 'invalid_bundle', reason: 'zip_invalid' })
  const rows = await service.db.$client`select 1 from entities`
  expect(rows).toHaveLength(0)
})

test('422 skill_file_wrong_type for a .skill that is said to be something else', async () => {
  const service = await startService({ withWorker: false })
  const ada = await service.asSomebody()
  const file = { bytes: await zip(aSkill()), fileName: 'thing.skill' }
  const form = { type: 'agent', description, file }
  const { status, body } = await ada.send('POST', '/api/store/entities', { form })
  expect(status).toBe(422)
  expect(body.code).toBe('skill_file_wrong_type')
})

test('202 held as provider_not_ready without a key, and approved after a retry with one', async () => {
  const service = await startService({ env: { ANTHROPIC_API_KEY: '' } })
  const ada = await service.asSomebody()
  const { body } = await ada.submit()
  expect(body.submission).toMatchObject({
    status: 'pending_llm',
    hold_reason: 'provider_not_ready',
    waiting_on: 'operator',
  })
  expect(service.model.calls).toHaveLength(0)
})

test('a plugin keeps its tree, gets our version, and the author’s own is kept', async () => {
  const service = await startService()
  const ada = await service.asSomebody()
  const { body } = await ada.submit(aPlugin(), { type: 'plugin' })
  await service.untilSettled(ada, body.submission.id)

  const path = `/api/store/entities/${body.id}/versions/1/files/.claude-plugin/plugin.json`
  const manifest = await ada.send('GET', path)

  expect(manifest.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(manifest.headers.get('x-content-type-options')).toBe('nosniff')
  expect(manifest.body).toMatchObject({
    name: body.slug,
    version: '1.0.1',
    metadata: { author_version: '3.1.4' },
  })
})
