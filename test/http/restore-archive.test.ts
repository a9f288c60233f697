import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { aSkill, type Files, zip } from '../support/bundles.ts'
import { aThinSkill, blockedSkill, obedientModel } from '../support/obedient-model.ts'
import { entityPath } from '../support/paths.ts'
import { shareService } from '../support/share-service.ts'
import type { Answer, Person } from '../support/start-service.ts'
import { told } from '../support/told.ts'
import { until } from '../support/until.ts'

const service = shareService({ script: obedientModel, env: { HUMAN_REVIEW_FOR: 'tools' } })

async function edit(person: Person, id: string, files: Files) {
  const file = { bytes: await zip(files), fileName: 'bundle.zip' }
  return person.send('PUT', entityPath(id), { form: { file } })
}

/** An entity that went through some bundles, each of which was decided before the next. */
async function anEntity(first: Files, ...later: Files[]) {
  const ada = await service().asSomebody()
  const { body } = await ada.submit(first)
  const id = (body.id ?? body.entity_id) as string
  const settle = async ({ body }: Answer) => {
    if (body.submission) await service().untilSettled(ada, body.submission.id)
  }
  await settle({ body } as Answer)
  for (const files of later) await settle(await edit(ada, id, files))
  const read = async () => (await ada.send('GET', entityPath(id))).body
  return { ada, id, read }
}

/** Runs with reviews paused, so that what is sent stays under review. */
async function whilePaused(work: () => Promise<void>) {
  const admin = await service().asAdmin()
  await admin.send('POST', '/api/admin/ops/pause')
  try {
    await work()
  } finally {
    await admin.send('POST', '/api/admin/ops/resume')
  }
}

describe('restore', () => {
  const restore = (person: Person, id: string, n: number | string) =>
    person.send('POST', `${entityPath(id)}/versions/${n}/restore`)

  test('200 copies the bytes forward as a new version, which gets the same verdict without a call', async () => {
    const note = randomUUID()
    const { ada, id, read } = await anEntity(aSkill({ note }), aSkill({ note: randomUUID() }))
    const { status, body } = await restore(ada, id, 1)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      submission: { version_no: 3, entity_version_no: 2 },
      dropped_files: [],
    })
    const calls = service().model.calls.length
    const settled = await service().untilSettled(ada, body.submission.id)
    expect(settled).toMatchObject({ status: 'approved', review: { usage: { cost_usd: 0 } } })
    expect(settled.review.reused_from).toEqual(expect.any(String))
    expect(service().model.calls.length).toBe(calls)
    const entity = await read()
    expect(entity).toMatchObject({ version_no: 3, versions: [{}, {}, { restored_from: 1 }] })
    const skill = `${entityPath(id)}/versions/3/files/skills/${entity.slug}/SKILL.md`
    expect(new TextDecoder().decode((await ada.send('GET', skill)).bytes)).toContain(note)
  })

  test('TRAP 4: of one of two versions with the same bytes is about that one', async () => {
    const { ada, id, read } = await anEntity(aSkill(), aSkill())
    const entity = await read()
    expect(entity).toMatchObject({ version_no: 2, versions: [{ n: 1 }, { n: 2 }] })
    const { body } = await restore(ada, id, 1)
    expect(body.submission.version_no).toBe(3)
    const settled = await service().untilSettled(ada, body.submission.id)
    expect(settled).toMatchObject({ id: body.submission.id, status: 'approved' })
    expect((await read()).versions[2]).toMatchObject({ submission_id: settled.id })
  })

  test('refuses in the order: pending, unknown, never approved, already live', async () => {
    const { ada, id } = await anEntity(aSkill(), blockedSkill)
    expect(told(await restore(ada, id, 9))).toEqual([404, 'version_not_found'])
    const never = await restore(ada, id, 2)
    expect(told(never)).toEqual([400, 'version_not_approved'])
    expect(never.body.source_status).toBe('blocked_llm')
    expect(told(await restore(ada, id, 1))).toEqual([400, 'already_current'])
    for (const n of ['0', '-1', 'x', '1.5', '2147483648', '99999999999999']) {
      expect(told(await restore(ada, id, n))).toEqual([404, 'version_not_found'])
    }
    await whilePaused(async () => {
      expect((await edit(ada, id, aSkill({ note: 'waits' }))).status).toBe(200)
      for (const n of [9, 2, 1]) {
        expect(told(await restore(ada, id, n))).toEqual([409, 'prior_version_pending'])
      }
    })
  })

  test('TRAP D10: of an overridden version is allowed; of an archived entity it is not', async () => {
    const { ada, id } = await anEntity(blockedSkill, blockedSkill)
    const admin = await service().asAdmin()
    const { body } = await admin.send('GET', entityPath(id))
    const { submission_id: submissionId } = body.versions[0]
    const path = `/api/admin/store/submissions/${submissionId}/override`
    await admin.send('POST', path, { json: { reason: 'known to be good' } })
    const next = await edit(ada, id, aSkill())
    await service().untilSettled(ada, next.body.submission.id)
    expect((await restore(ada, id, 1)).status).toBe(200)
    await ada.send('DELETE', entityPath(id))
    expect(told(await restore(ada, id, 1))).toEqual([409, 'entity_archived'])
    expect(told(await edit(ada, id, aSkill()))).toEqual([409, 'entity_archived'])
  })

  test('TRAP D4: after a rename it keeps the name of today', async () => {
    const { ada, id, read } = await anEntity(aSkill(), aSkill({ note: 'two' }))
    await ada.send('PUT', entityPath(id), { json: { name: 'renamed' } })
    const { body } = await restore(ada, id, 1)
    await service().untilSettled(ada, body.submission.id)
    const entity = await read()
    expect(entity).toMatchObject({ name: 'renamed', version_no: 3 })
    expect(entity.slug).toMatch(/^renamed-by-/)
  })
})

describe('while a version is under review', () => {
  test('409 prior_version_pending for any edit, even of metadata; and the wait ends with a withdrawal', async () => {
    const { ada, id, read } = await anEntity(aSkill())
    await whilePaused(async () => {
      const { body } = await edit(ada, id, aSkill({ note: 'waits' }))
      const answers = [
        await ada.send('PUT', entityPath(id), { json: { category: 'x' } }),
        await edit(ada, id, aSkill({ note: 'second' })),
      ]
      for (const answer of answers) {
        expect(told(answer)).toEqual([409, 'prior_version_pending'])
        expect(answer.body.submission_id).toBe(body.submission.id)
      }
      const path = `/api/store/submissions/${body.submission.id}/withdraw`
      const bob = await service().asSomebody()
      expect(told(await bob.send('POST', path))).toEqual([404, 'not_found'])
      const withdrawn = await ada.send('POST', path)
      expect(withdrawn).toMatchObject({
        status: 200,
        body: { status: 'withdrawn', waiting_on: null, hold_reason: null },
      })
      expect(told(await ada.send('POST', path))).toEqual([409, 'not_withdrawable'])
    })
    expect((await read()).versions[1].status).toBe('withdrawn')
    expect((await edit(ada, id, aSkill({ note: 'third' }))).body.submission.version_no).toBe(3)
  })

  test('200 withdraw wins over a hold that is written at the same time', async () => {
    const { $client: sql } = service().db
    const ada = await service().asSomebody()
    await whilePaused(async () => {
      const { id } = (await ada.submit()).body.submission
      const path = `/api/store/submissions/${id}/withdraw`
      const answer = await sql.begin(async (tx) => {
        await tx`update submissions set revision = revision + 1 where id = ${id}`
        const withdrawing = ada.send('POST', path)
        await until(async () => {
          const waiting = await sql`select from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`
          expect(waiting).not.toHaveLength(0)
        })
        return { withdrawing }
      })
      const { status, body } = await answer.withdrawing
      expect([status, body.status]).toEqual([200, 'withdrawn'])
    })
  })

  test('TRAP 9: a withdrawn submission stays on record', async () => {
    const ada = await service().asSomebody()
    await whilePaused(async () => {
      const { body } = await ada.submit()
      await ada.send('POST', `/api/store/submissions/${body.submission.id}/withdraw`)
      const { body: list } = await ada.send('GET', '/api/store/submissions')
      expect(list.items).toMatchObject([{ id: body.submission.id, status: 'withdrawn' }])
    })
  })

  test('archiving wins: nothing is published, and nobody works on it', async () => {
    const ada = await service().asSomebody()
    let id = ''
    await whilePaused(async () => {
      const { body } = await ada.submit()
      id = body.id
      expect((await ada.send('DELETE', entityPath(id))).status).toBe(204)
    })
    const again = await ada.submit(aSkill({ note: 'after the archive' }))
    expect(again.status).toBe(201)
    expect(again.body.id).not.toBe(id)
    await service().untilSettled(ada, again.body.submission.id)
    const { body } = await ada.send('GET', entityPath(id))
    expect(body).toMatchObject({ visibility_status: 'archived', version_no: null })
  })
})

describe('DELETE', () => {
  test('204 archives: gone from shelf, installs and archive URLs, its name is free; twice is once', async () => {
    const { ada, id } = await anEntity(aSkill())
    const bob = await service().asSomebody()
    await bob.send('POST', `${entityPath(id)}/install`)
    expect((await ada.send('DELETE', entityPath(id))).status).toBe(204)
    expect((await ada.send('DELETE', entityPath(id))).status).toBe(204)
    const gone = ['', '/status', '/versions/1/files', '/versions/1/bundle.zip']
    for (const part of gone) {
      expect(told(await bob.send('GET', entityPath(id) + part))).toEqual([404, 'not_found'])
    }
    expect((await bob.send('GET', '/api/store/installs')).body.items).toEqual([])
    expect((await bob.send('DELETE', `${entityPath(id)}/install`)).status).toBe(204)
    expect((await ada.send('GET', '/api/store/entities')).body.items).not.toContainEqual(
      expect.objectContaining({ id }),
    )
    const again = await ada.submit(aSkill({ note: 'a new life' }))
    expect(again.status).toBe(201)
    expect(again.body.id).not.toBe(id)
    const audit = `/api/admin/audit?resource=entity:${id}&action=store.entity.archive`
    expect((await (await service().asAdmin()).send('GET', audit)).body.items).toHaveLength(1)
  })

  test('TRAP 22: 409 quarantined_owner_cannot_delete for flagged evidence; an admin may', async () => {
    for (const files of [aThinSkill(), blockedSkill]) {
      const { ada, id } = await anEntity(files)
      expect(told(await ada.send('DELETE', entityPath(id)))).toEqual([
        409,
        'quarantined_owner_cannot_delete',
      ])
      expect((await (await service().asAdmin()).send('DELETE', entityPath(id))).status).toBe(204)
    }
  })

  test('TRAP 20: 204 for an owner whose review failed', async () => {
    const { ada, id } = await anEntity(aSkill({ note: 'the model fails' }))
    expect((await ada.send('DELETE', entityPath(id))).status).toBe(204)
  })
})
