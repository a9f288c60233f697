import { expect, test } from 'vitest'
import { aSkill } from '../support/bundles.ts'
import { shareService } from '../support/share-service.ts'

const service = shareService({ withWorker: false })

async function aSubmission() {
  const ada = await service().asSomebody()
  const [grace, linus] = [await service().asSomebody('admin'), await service().asSomebody('admin')]
  const { body } = await ada.submit(aSkill({ name: `claimed-${ada.id.slice(-12)}` }))
  const path = `/api/admin/store/submissions/${body.submission.id}`
  return { ada, grace, linus, id: body.submission.id as string, path, claim: `${path}/claim` }
}

test('200 a claim tells other admins, moves no revision, and keeps nobody from deciding', async () => {
  const { grace, linus, path, claim } = await aSubmission()
  const before = await linus.send('GET', path)
  const claimed = await grace.send('POST', claim)
  expect(claimed).toMatchObject({ status: 200, body: { claimed_by: { id: grace.id } } })
  const after = await linus.send('GET', path)
  expect(after.body.claimed_by.id).toBe(grace.id)
  expect(after.headers.get('etag')).toBe(before.headers.get('etag'))
  const rejected = await linus.send('POST', `${path}/reject`, { json: { reason: 'No licence.' } })
  expect(rejected.status).toBe(200)
})

test('409 already_claimed for all but one of those who claim at once, until it is given back', async () => {
  const { grace, linus, id, claim } = await aSubmission()
  const answers = await Promise.all([grace.send('POST', claim), linus.send('POST', claim)])
  const [won, lost] = answers.toSorted((a, b) => a.status - b.status)
  expect([won?.status, lost?.status, lost?.body.code]).toEqual([200, 409, 'already_claimed'])
  expect(lost?.body.claimed_by).toBe(won?.body.claimed_by.id)
  const [first, second] = answers[0]?.status === 200 ? [grace, linus] : [linus, grace]
  expect((await first.send('POST', claim)).status).toBe(200)
  expect((await second.send('DELETE', claim)).body.claimed_by).toBeNull()
  expect((await second.send('POST', claim)).body.claimed_by.id).toBe(second.id)
  const { body } = await grace.send('GET', `/api/admin/audit?resource=submission:${id}`)
  const actions = body.items.map(({ action }: { action: string }) => action.split('.').at(-1))
  expect(actions).toEqual(expect.arrayContaining(['claimed', 'released']))
})

test('200 the list is narrowed to what one has claimed, and to what nobody has', async () => {
  const { ada, grace, id, claim } = await aSubmission()
  const list = async (claimed: string) => {
    const query = `submitter=${ada.email}&claimed=${claimed}`
    const { body } = await grace.send('GET', `/api/admin/store/submissions?${query}`)
    return [body.items.map((item: { id: string }) => item.id), body.counts]
  }
  expect(await list('nobody')).toEqual([[id], { pending_llm: 1 }])
  expect(await list('me')).toEqual([[], {}])
  await grace.send('POST', claim)
  expect(await list('nobody')).toEqual([[], {}])
  expect(await list('me')).toEqual([[id], { pending_llm: 1 }])
})

test('404 for what there is not', async () => {
  const { grace } = await aSubmission()
  const nobody = '/api/admin/store/submissions/01890a5d-ac96-774b-bcce-b302099a8057/claim'
  for (const method of ['POST', 'DELETE']) {
    expect((await grace.send(method, nobody)).status).toBe(404)
  }
})
