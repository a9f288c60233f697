import { createEntityLocks } from '@countersign/core/store/create-entity-locks'
import { noLock } from '@countersign/queue/locks/entity-lock'
import { describe, expect, test } from 'vitest'
import { aSkill, zip } from '../../support/bundles.ts'
import { type Answer, type Person, startService } from '../../support/start-service.ts'

type Service = Awaited<ReturnType<typeof startService>>

const arrangements = [
  ['locks on Redis', { engine: 'redis' }],
  ['locks on PostgreSQL', { engine: 'postgres' }],
  ['no lock at all', { overrides: { locks: createEntityLocks(noLock, 0) } }],
] as const

describe.each(arrangements)('with %s', (_name, options) => {
  test('fifty submits of different entities at once are fifty entities', async () => {
    const service = await startService({ ...options, withWorker: false })
    const ada = await service.asSomebody()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, nth) => ada.submit(aSkill({ name: `skill-${nth}` }))),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(50)
    await expectSound(service)
  })

  test('twenty submits of one name at once: one is under review, the others are told', async () => {
    const service = await startService({ ...options, withWorker: false })
    const ada = await service.asSomebody()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, nth) => ada.submit(aSkill({ note: `try ${nth}` }))),
    )
    const codes = answers.map(({ status, body }) => body.code ?? status)
    expect(codes.filter((code) => code === 201)).toHaveLength(1)
    expect(new Set(codes.filter((code) => code !== 201))).toEqual(new Set(['name_taken']))
    await expectSound(service)
  })

  test('a hundred edits of one entity at once: one is under review, the others are told', async () => {
    const service = await startService(options)
    const ada = await service.asSomebody()
    const { body: entity } = await ada.submit()
    await service.untilSettled(ada, entity.submission.id)
    await service.worker?.stop()

    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, nth) => edit(ada, entity.id, `edit ${nth}`)),
    )

    const codes = answers.map(({ status, body }) => body.code ?? status)
    expect(codes.filter((code) => code === 200)).toHaveLength(1)
    const told = new Set(['prior_version_pending', 'entity_busy'])
    expect(codes.filter((code) => code !== 200 && !told.has(code))).toEqual([])
    await expectSound(service)
  })

  test('twenty edits, submits and restores of one entity at once: one is under review', async () => {
    const service = await startService(options)
    const ada = await service.asSomebody()
    const { body: entity } = await ada.submit()
    await service.untilSettled(ada, entity.submission.id)
    const second = await edit(ada, entity.id, 'second')
    await service.untilSettled(ada, second.body.submission.id)
    await service.worker?.stop()

    const path = `/api/store/entities/${entity.id}`
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, nth) => [
        edit(ada, entity.id, `edit ${nth}`),
        ada.submit(aSkill({ note: `submit ${nth}` })),
        ada.send('POST', `${path}/versions/1/restore`),
        ada.send('PUT', path, { json: { category: `shelf-${nth}` } }),
      ]).flat(),
    )

    const isOpened = ({ status, body }: Answer) => status === 200 && body.submission
    expect(answers.filter(isOpened)).toHaveLength(1)
    const told = new Set(['prior_version_pending', 'entity_busy', 'name_taken'])
    const others = answers.filter(({ status, body }) => status !== 200 && !told.has(body.code))
    expect(others).toEqual([])
    await expectSound(service)
  })
})

async function edit(person: Person, id: string, note: string) {
  const file = { bytes: await zip(aSkill({ note })), fileName: 'bundle.zip' }
  return person.send('PUT', `/api/store/entities/${id}`, { form: { file } })
}

/** What the constraints promise, looked up in the rows themselves. */
async function expectSound({ db }: Service) {
  const open = await db.$client`
    select entity_id from submissions where status in ('pending_llm', 'needs_human')
    group by entity_id having count(*) > 1`
  expect(open).toHaveLength(0)
  const numbers = await db.$client`
    select id, highest_n, json_agg(n order by n) as numbers
    from entities join versions on versions.entity_id = entities.id group by id, highest_n`
  for (const { highest_n: highest, numbers: given } of numbers) {
    expect(given).toEqual(Array.from({ length: highest }, (_, index) => index + 1))
  }
  const orphans = await db.$client`
    select n from versions where not exists (
      select 1 from submissions
      where submissions.entity_id = versions.entity_id and submissions.n = versions.n
    )`
  expect(orphans).toHaveLength(0)
}
