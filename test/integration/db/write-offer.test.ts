import type { Checks } from '@countersign/core/guardrails/inspection'
import { newId } from '@countersign/core/ids'
import type { Opening } from '@countersign/core/submissions/opening'
import { createStore } from '@countersign/db/store'
import { expect, test } from 'vitest'
import { createDatabase } from '../../support/database.ts'

const finding = {
  ...{ ruleId: 'RULE-1', tier: 'annotate', severity: 'info', confidence: 0.5, category: 'test' },
  ...{ fingerprint: 'f', file: null, line: 3, endLine: null, message: 'm', snippet: null },
  ...{ fixHint: null, source: 'static' },
} as const

async function setUp() {
  const db = await createDatabase()
  const store = createStore(db)
  const account = { email: 'ada@example.com', handle: 'ada', role: 'user', ownerId: null } as const
  const person = await store.principals.insert({
    ...{ id: newId(), kind: 'user', passwordHash: null, ...account },
  })
  const ownerId = person?.id ?? expect.fail('There is nobody.')
  const anEntity = (slug: string) => {
    const words = { name: slug, slug, description: 'Words.', category: null }
    return { id: newId(), type: 'skill', ownerId, ...words } as const
  }
  return { db, store, ownerId, anEntity }
}

/** An offer in which the last of three findings ends within a character. */
function anOffer(entity: { id: string; ownerId: string; slug: string }, n = 1): Opening {
  const { ownerId: submitterId, slug } = entity
  const pass = { status: 'pass', findings: [] } as const
  const found = { manifest: pass, static_security: pass, content: pass, quality: pass }
  const cut = { ...finding, message: 'half \ud83d' }
  const actor = { id: submitterId, kind: 'user' } as const
  const change = { actor, action: 'tested', resource: `entity:${entity.id}`, params: { n } }
  const event = { type: 'submission.created', audienceId: null, isPublic: false, data: {} } as const
  return {
    version: { contentHash: 'c'.repeat(64), restoredFrom: null, authorVersion: null },
    files: [],
    submission: {
      ...{ id: newId(), entityId: entity.id, n, status: 'pending_llm', holdReason: null },
      ...{ priority: 0, submitterId, agentId: null, proposed: {}, slug, fileSize: 1 },
      ...{ versionHash: 'd'.repeat(64), severity: null, unaccounted: [], policyVersion: '1' },
      checks: { manifest: 'pass', static_security: 'pass', content: 'pass', quality: 'pass' },
      capabilities: {} as Opening['submission']['capabilities'],
      capabilityDelta: {} as Opening['submission']['capabilityDelta'],
    },
    dueInMs: 0,
    found: {
      ...found,
      manifest: { status: 'warn', findings: [finding] },
      quality: { status: 'warn', findings: [finding, cut] },
    } as unknown as Checks,
    recorded: { entries: [change, change], events: [event] },
  }
}

const tables = ['entities', 'slug_claims', 'versions', 'renditions', 'submissions', 'findings']

async function countRows(db: Awaited<ReturnType<typeof createDatabase>>) {
  const counts = [...tables, 'audit_entries', 'events'].map(
    (table) => `(select count(*)::int from ${table}) as ${table}`,
  )
  const [row] = await db.$client.unsafe(`select ${counts.join(', ')}`)
  return row
}

test('something new is written with its first offer, in the order in which it was found', async () => {
  const { db, store, anEntity } = await setUp()
  const entity = anEntity('one-by-ada')
  const offer = anOffer(entity)
  const written = await store.entities.create(entity, offer)
  expect(written).toMatchObject({
    entity: { ...entity, visibilityStatus: 'pending', liveN: null, highestN: 1, revision: 1 },
    submission: { ...offer.submission, attempt: 1, claims: 0, decidedAt: null },
  })
  expect(written?.submission.dueAt).toBeInstanceOf(Date)
  const found = await store.findings.list(offer.submission.id, 1)
  expect(found).toEqual([finding, finding, { ...finding, message: 'half \ufffd' }])
  expect(await countRows(db)).toMatchObject({ findings: 3, audit_entries: 2, events: 1 })
})

test('of what would take the slug of another, nothing is kept', async () => {
  const { db, store, anEntity } = await setUp()
  const [one, other] = [anEntity('one-by-ada'), anEntity('one-by-ada')]
  await store.entities.create(one, anOffer(one))
  const before = await countRows(db)
  expect(await store.entities.create(other, anOffer(other))).toBeUndefined()
  expect(await countRows(db)).toEqual(before)
})

test('of many who want one slug at once, one gets it', async () => {
  const { db, store, anEntity } = await setUp()
  const rivals = Array.from({ length: 8 }, () => anEntity('one-by-ada'))
  const written = await Promise.all(
    rivals.map((rival) => store.entities.create(rival, anOffer(rival))),
  )
  expect(written.filter(Boolean)).toHaveLength(1)
  expect(await countRows(db)).toMatchObject({ entities: 1, submissions: 1, audit_entries: 2 })
})

test('a second open review of an entity is not written', async () => {
  const { store, anEntity } = await setUp()
  const entity = anEntity('one-by-ada')
  await store.entities.create(entity, anOffer(entity))
  expect(await store.submissions.open(anOffer(entity, 2))).toBeUndefined()
  expect(await store.submissions.findByVersion(entity.id, 2)).toBeUndefined()
})
