import { expect, test } from 'vitest'
import { aSkill } from '../support/bundles.ts'
import { listen } from '../support/event-stream.ts'
import { obedientModel } from '../support/obedient-model.ts'
import { shareService } from '../support/share-service.ts'
import type { Person } from '../support/start-service.ts'
import { until } from '../support/until.ts'

const service = shareService({ script: obedientModel })

/** Listens as somebody, from here on or from where they were. */
async function listenAs({ token }: Person, lastEventId?: number) {
  const stream = await listen(service().url, token, lastEventId)
  const about = (entityId: string) =>
    stream.events.filter(({ data }) => data.entity_id === entityId)
  return {
    ...stream,
    about,
    until: (type: string, entityId: string) =>
      until(() => expect(about(entityId).map((event) => event.type)).toContain(type)),
  }
}

test('the stream tells in order what happens, to whom it concerns, and to others what is public', async () => {
  const [ada, bob, admin] = [
    await service().asSomebody(),
    await service().asSomebody(),
    await service().asAdmin(),
  ]
  const [mine, theirs, all] = [await listenAs(ada), await listenAs(bob), await listenAs(admin)]
  expect(mine.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const { body } = await ada.submit()
  for (const stream of [mine, theirs, all]) await stream.until('entity.promoted', body.id)
  for (const stream of [mine, all]) {
    const types = stream.about(body.id).map(({ type }) => type)
    expect(types.slice(0, 1)).toEqual(['submission.created'])
    expect(types).toEqual(expect.arrayContaining(['submission.approved', 'entity.promoted']))
    expect(types.filter((type) => type === 'submission.approved')).toHaveLength(1)
  }
  expect(theirs.about(body.id).map(({ type }) => type)).toEqual(['entity.promoted'])
  const [first] = mine.about(body.id)
  expect(first?.event).toMatchObject({
    id: expect.any(String),
    type: 'submission.created',
    timestamp: expect.stringMatching(/Z$/),
    data: { submission_id: body.submission.id, status: 'pending_llm' },
  })
  const ids = all.events.map(({ id }) => id)
  expect(ids).toEqual(ids.toSorted((a, b) => a - b))
})

test('Last-Event-ID resumes behind what was heard, and nothing is told twice', async () => {
  const ada = await service().asSomebody()
  const before = await listenAs(ada)
  const { body } = await ada.submit(aSkill({ name: 'resumed' }))
  await before.until('entity.promoted', body.id)
  const [first, ...rest] = before.about(body.id)
  const after = await listenAs(ada, first?.id)
  await after.until('entity.promoted', body.id)
  expect(after.about(body.id).map(({ id }) => id)).toEqual(rest.map(({ id }) => id))
})

test('TRAP 16: the owner hears that a version was blocked, and that an entity was archived', async () => {
  const ada = await service().asSomebody()
  const stream = await listenAs(ada)
  const { body } = await ada.submit(aSkill({ note: 'the model blocks' }))
  await stream.until('submission.blocked', body.id)
  const admin = await service().asAdmin()
  await admin.send('DELETE', `/api/store/entities/${body.id}`)
  await stream.until('entity.archived', body.id)
  const types = stream.about(body.id).map(({ type }) => type)
  expect(types).toEqual(['submission.created', 'submission.blocked', 'entity.archived'])
})
