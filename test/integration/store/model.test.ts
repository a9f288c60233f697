import { createEntityLocks } from '@countersign/core/store/create-entity-locks'
import { noLock } from '@countersign/queue/locks/entity-lock'
import { expect, test } from 'vitest'
import { listBreaches } from '../../support/chaos/list-breaches.ts'
import { driveStore } from '../../support/store-model/drive-store.ts'
import { exploreStore } from '../../support/store-model/explore-store.ts'

/** More of them, and from another seed, on demand: `STORE_MODEL_STEPS=5000 STORE_MODEL_SEED=7`. */
const steps = Number(process.env.STORE_MODEL_STEPS ?? 60)
const seed = Number(process.env.STORE_MODEL_SEED ?? 20_261_121)

const unlocked = { overrides: { locks: createEntityLocks(noLock, 0) } }
const arrangements = [
  ['locks on Redis', { engine: 'redis' }],
  ['Redis and no locks', { engine: 'redis', ...unlocked }],
  ['locks on PostgreSQL', {}],
  ['PostgreSQL and no locks', unlocked],
] as const

test.each(arrangements)(
  'with %s, whatever people do at once comes out as if one by one',
  async (_, options) => {
    const store = await driveStore(options)
    await exploreStore(store, { seed, steps })
    await store.finish()
    await store.execute({ do: 'tidy' })
    expect(await listBreaches(store.db)).toEqual([])
  },
  60_000 + steps * 2_000,
)
