import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { aSkill } from '../support/bundles.ts'
import { aThinSkill } from '../support/obedient-model.ts'
import { entityPath } from '../support/paths.ts'
import { shareService } from '../support/share-service.ts'
import type { Person } from '../support/start-service.ts'
import { told } from '../support/told.ts'

const service = shareService()

test('200 are what a person is served, twice is once, and an agent installs for its owner', async () => {
  const [ada, bob] = [await service().asSomebody(), await service().asSomebody()]
  const { body } = await ada.submit(aSkill({ name: 'installed' }))
  await service().untilSettled(ada, body.submission.id)
  const path = `/api/store/entities/${body.id}/install`
  const agent = await service().asAgentOf(bob)
  for (const person of [bob, bob, agent]) {
    const answer = await person.send('POST', path)
    expect([answer.status, answer.body]).toEqual([200, { installed: true }])
  }
  const { body: list } = await bob.send('GET', '/api/store/installs')
  expect(list).toMatchObject({ items: [{ id: body.id, installed: true }], next_cursor: null })
  const mine = await bob.send('GET', '/api/store/entities?installed=true')
  expect(mine.body.items).toHaveLength(1)
  const admin = await service().asAdmin()
  expect(await countSeenBy(ada, body.id)).toBe(1)
  expect(await countSeenBy(admin, body.id)).toBe(1)
  expect(await countSeenBy(bob, body.id)).toBeUndefined()
  const query = `resource=entity:${body.id}&action=store.entity.install`
  expect((await admin.send('GET', `/api/admin/audit?${query}`)).body.items).toHaveLength(1)
  expect((await bob.send('DELETE', path)).status).toBe(204)
  expect((await bob.send('DELETE', path)).status).toBe(204)
  expect((await bob.send('GET', '/api/store/installs')).body.items).toEqual([])
  expect(await countSeenBy(ada, body.id)).toBe(0)
})

test('404 for what is not served and they do not have; what they have they can always give up', async () => {
  const [ada, bob] = [await service().asSomebody(), await service().asSomebody()]
  const { body: blocked } = await ada.submit(aThinSkill('never-served'))
  for (const person of [ada, bob]) {
    const path = `/api/store/entities/${blocked.entity_id}/install`
    expect(told(await person.send('DELETE', path))).toEqual([404, 'not_found'])
  }
  const unknown = `/api/store/entities/${randomUUID()}/install`
  expect(told(await bob.send('DELETE', unknown))).toEqual([404, 'not_found'])

  const { body } = await ada.submit(aSkill({ name: 'given-up' }))
  await service().untilSettled(ada, body.submission.id)
  const path = `/api/store/entities/${body.id}/install`
  await bob.send('POST', path)
  await ada.send('DELETE', `/api/store/entities/${body.id}`)
  expect((await bob.send('DELETE', path)).status).toBe(204)
  expect(told(await bob.send('DELETE', path))).toEqual([404, 'not_found'])
})

async function countSeenBy(person: Person, id: string): Promise<unknown> {
  const { body } = await person.send('GET', entityPath(id))
  return body.install_count
}
