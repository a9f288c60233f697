import { randomUUID } from 'node:crypto'
import { reviewSubmission } from '@countersign/core/reviews/review-submission'
import { approve, status } from '@countersign/demo/model-replies'
import { compose } from '@countersign/worker/compose'
import { startWorker } from '@countersign/worker/start-worker'
import { expect, onTestFinished, test } from 'vitest'
import { aSkill, description, zip } from '../support/bundles.ts'
import { aThinSkill, obedientModel } from '../support/obedient-model.ts'
import { adminSubmissionPath } from '../support/paths.ts'
import { shareService } from '../support/share-service.ts'
import { type Person, startService } from '../support/start-service.ts'

const service = shareService({ script: obedientModel })

async function offer(person: Person, entityId: string, note: string) {
  const file = { bytes: await zip(aSkill({ note })), fileName: 'bundle.zip' }
  return person.send('PUT', `/api/store/entities/${entityId}`, { form: { file } })
}

test('TRAP 2 D28: what waits for a model that was taken away is held, switched off, retried or not', async () => {
  const own = await startService({ withWorker: false })
  const [ada, admin] = [await own.asSomebody(), await own.asAdmin()]
  const { body } = await ada.submit()
  const { ANTHROPIC_API_KEY: _taken, ...config } = own.config
  const worker = await startWorker({ ...config, GUARDRAILS_ENABLED: false }, own.log)
  onTestFinished(() => worker.stop())

  const { id } = body.submission
  const untilHeld = () => own.untilSettled(ada, id, ({ hold_reason: hold }) => hold !== null)
  const held = { status: 'pending_llm', hold_reason: 'provider_not_ready', waiting_on: 'operator' }
  expect(await untilHeld()).toMatchObject(held)
  expect((await admin.send('POST', `${adminSubmissionPath(id)}/retry`)).status).toBe(202)
  expect(await untilHeld()).toMatchObject(held)
  expect(own.model.calls).toHaveLength(0)
})

test('TRAP 6: a job that is delivered again after its verdict changes nothing and asks nobody', async () => {
  const ada = await service().asSomebody()
  const { body } = await ada.submit()
  const settled = await service().untilSettled(ada, body.submission.id)
  const worker = await compose(service().config, service().log)
  onTestFinished(() => worker.close())
  const calls = service().model.calls.length
  const again = { submissionId: settled.id, attempt: 1 }
  expect(await reviewSubmission(worker.ports, again, new AbortController().signal)).toEqual({})
  expect(service().model.calls.length).toBe(calls)
  expect((await ada.send('GET', `/api/store/submissions/${settled.id}`)).body).toEqual(settled)
})

test('TRAP 21: what was flagged once is kept for an admin, whatever was sent after it', async () => {
  const ada = await service().asSomebody()
  const first = await ada.submit(aThinSkill())
  const { entity_id: id } = first.body
  const second = await ada.submit(aSkill({ note: 'the model fails' }))
  expect(second.body).toMatchObject({ id, submission: { version_no: 2 } })
  await service().untilSettled(ada, second.body.submission.id)
  const refused = await ada.send('DELETE', `/api/store/entities/${id}`)
  expect([refused.status, refused.body.code]).toEqual([409, 'quarantined_owner_cannot_delete'])
})

test('TRAP D3 D11: a submission deleted while it is reviewed stays deleted, and what is live stays live', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const own = await startService()
  const [ada, admin] = [await own.asSomebody(), await own.asAdmin()]
  const { body } = await ada.submit()
  await own.untilSettled(ada, body.submission.id)
  own.model.follow(async () => {
    await gate
    return approve()
  })
  const { submission } = (await offer(ada, body.id, 'second')).body
  await own.model.waitForCalls(2)
  const path = adminSubmissionPath(submission.id)
  expect((await admin.send('DELETE', `${path}?solo=true`)).status).toBe(204)
  open()
  await own.worker?.stop()

  expect((await admin.send('GET', path)).body).toMatchObject({ status: 'deleted' })
  const entity = await (await own.asSomebody()).send('GET', `/api/store/entities/${body.id}`)
  expect(entity.body).toMatchObject({ visibility_status: 'approved', version_no: 1 })
})

test('TRAP 18: a review that fails after its entity was archived changes nothing any more', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const own = await startService({
    async script() {
      await gate
      return status(400)
    },
  })
  const ada = await own.asSomebody()
  const { body } = await ada.submit()
  await own.model.waitForCalls(1)
  expect((await ada.send('DELETE', `/api/store/entities/${body.id}`)).status).toBe(204)
  open()
  await own.worker?.stop()
  const late = await ada.send('GET', `/api/store/submissions/${body.submission.id}`)
  expect(late.body).toMatchObject({ status: 'pending_llm', decided_at: null })
})

test('TRAP D1: a name that is a path leads nowhere, neither in the dry run nor in a submission', async () => {
  const ada = await service().asSomebody()
  const skill = aSkill({ name: '../../../escape' })
  const file = { bytes: await zip(skill), fileName: 'bundle.zip' }
  const form = { type: 'skill', description, file }
  const dry = await ada.send('POST', '/api/store/entities/dryrun', { form })
  const sent = await ada.submit(skill)
  expect([dry.status, sent.status]).toEqual([200, 422])
  const named = await ada.submit(aSkill(), { name: '../../../escape' })
  expect(named.body.slug).toMatch(/^escape-by-[a-z0-9-]+$/)
})

test('TRAP D16: what is not approved cannot be installed, and cannot be told from what is not there', async () => {
  const [ada, bob] = [await service().asSomebody(), await service().asSomebody()]
  const { body } = await ada.submit(aThinSkill())
  const answers = [body.entity_id, randomUUID()].map(async (id) => {
    const answer = await bob.send('POST', `/api/store/entities/${id}/install`)
    return [answer.status, answer.body.code, answer.body.detail]
  })
  const [hidden, unknown] = await Promise.all(answers)
  expect(hidden).toEqual(unknown)
  expect(hidden?.slice(0, 2)).toEqual([404, 'not_found'])
})

test('TRAP 25: what is found is found in what was sent, never in the manifest that we add', async () => {
  const ada = await service().asSomebody()
  const { body } = await ada.submit({
    'SKILL.md': '---\nname: thin\ndescription: TODO\n---\n\nToo short.\n',
  })
  const checks: { findings: { file: string | null }[] }[] = Object.values(body.checks)
  const files = checks.flatMap(({ findings }) => findings.map(({ file }) => file))
  expect(files.length).toBeGreaterThan(1)
  expect(files.filter((file) => !file?.endsWith('/SKILL.md'))).toEqual([])
})

test('TRAP 15: with the guardrails off a rescan that passes publishes, and one that does not blocks', async () => {
  const own = await startService({ env: { GUARDRAILS_ENABLED: 'false' }, withWorker: false })
  const [ada, admin] = [await own.asSomebody(), await own.asAdmin()]
  const { body } = await ada.submit(aThinSkill())
  await own.db.$client`update submissions set status = 'blocked_llm'`
  const rescan = () => admin.send('POST', `${adminSubmissionPath(body.submission_id)}/rescan`)
  expect((await rescan()).body).toMatchObject({ status: 'blocked_inline' })
  const sound = await ada.submit(aSkill({ name: 'sound' }))
  await admin.send('POST', `${adminSubmissionPath(sound.body.submission.id)}/rescan`)
  const { body: entity } = await ada.send('GET', `/api/store/entities/${sound.body.id}`)
  expect(entity).toMatchObject({ version_no: 1, latest_submission: { status: 'approved' } })
})
