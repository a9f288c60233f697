import { inTurn, rateLimited } from '@countersign/demo/model-replies'
import { expect, test } from 'vitest'
import { openShop, submitBoth } from '../support/chaos/kill-at-steps.ts'
import { listBreaches } from '../support/chaos/list-breaches.ts'
import { honestly, startFleet } from '../support/chaos/start-fleet.ts'
import { claimRedis } from '../support/start-service.ts'

const hourMs = 3_600_000

test('workers whose clocks are an hour wrong, either way, keep nobody waiting', async () => {
  const script = inTurn(rateLimited(1), honestly)
  const fleet = await startFleet({ script, env: { REDIS_URL: await claimRedis() } })
  const { ada, settle } = await openShop(fleet)
  const wrong = await fleet.start(['worker'], { CHAOS_CLOCK_MS: String(hourMs) })
  await submitBoth(ada)
  await expect
    .poll(() => fleet.db.$client`select 1 from settings where key = 'rate_limited_until'`)
    .toHaveLength(1)
  await wrong.stop()
  await fleet.start(['worker'])
  await settle()

  const [written] = await fleet.db.$client`
    select extract(epoch from (value #>> '{}')::timestamptz - now())::int as left
    from settings where key = 'rate_limited_until'`
  expect(Math.abs(Number(written?.left))).toBeLessThan(600)
  await fleet.start(['worker'], { CHAOS_CLOCK_MS: String(-hourMs) })
  await submitBoth(ada)
  await settle()
  expect(await listBreaches(fleet.db)).toEqual([])
})
