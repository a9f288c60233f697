import { expect, test } from 'vitest'
import { aSkill } from '../support/bundles.ts'
import { startService } from '../support/start-service.ts'

test('200 counts the work as its rows say, and lists what fails with why and when', async () => {
  const own = await startService({ env: { HELD_TARGET_HOURS: '8' }, withWorker: false })
  const [ada, admin] = [await own.asSomebody(), await own.asAdmin()]
  const ids: string[] = []
  for (const name of ['waits-yet', 'comes-later', 'was-given-up', 'needs-somebody']) {
    const { body } = await ada.submit(aSkill({ name }))
    ids.push(body.submission.id)
  }
  const [, later = '', failed = '', old = ''] = ids
  const { $client: sql } = own.db
  await sql`update submissions set failures = 2, due_at = now() + interval '1 hour' where id = ${later}`
  await sql`insert into review_calls (id, submission_id, attempt, model, outcome, input_tokens,
      output_tokens, cache_read_tokens, cost_usd, duration_ms, prompt_key)
    values (new_id(), ${later}, 1, 'haiku', 'transient', 0, 0, 0, 0, 1, 'key')`
  const given = JSON.stringify({ attempts: 4, error: 'It took too long.' })
  await sql`update submissions set status = 'review_error', due_at = null, decided_at = now(),
    review = ${given}::text::jsonb where id = ${failed}`

  await sql`update submissions set status = 'needs_human', due_at = null,
    created_at = now() - interval '26 hours' where id = ${old}`

  const { body: ops } = await admin.send('GET', '/api/admin/ops')
  expect(ops.verdicts).toEqual({ last_at: null, median_ms: null, p90_ms: null })
  expect(ops.held_target_ms).toBe(8 * 3_600_000)
  expect(ops.oldest_held_ms).toBeGreaterThanOrEqual(26 * 3_600_000)
  const none = { waiting: 0, active: 0, delayed: 0, failed: 0, oldest_wait_ms: null }
  expect(ops.jobs).toMatchObject([
    { name: 'review-submission', waiting: 1, active: 0, delayed: 1, failed: 1 },
    { name: 'review-batch', ...none },
    { name: 'review-approval', ...none },
    { name: 'deliver-webhook', ...none },
    { name: 'tell-people', failed: 0 },
  ])
  expect(ops.jobs[0].oldest_wait_ms).toBeGreaterThanOrEqual(0)
  const path = '/api/admin/ops/reviews'
  const { body: first } = await admin.send('GET', `${path}?limit=1`)
  expect(first.items).toMatchObject([
    {
      submission_id: failed,
      name: 'was-given-up',
      version_no: 1,
      status: 'review_error',
      failures: 4,
      last_error: 'It took too long.',
      next_at: null,
      active: false,
    },
  ])
  const { body: rest } = await admin.send('GET', `${path}?limit=1&cursor=${first.next_cursor}`)
  const why = 'The provider failed or did not answer in time.'
  const again = { submission_id: later, status: 'pending_llm', failures: 2, last_error: why }
  expect(rest).toMatchObject({ items: [{ ...again, active: false }], next_cursor: null })
  expect(Date.parse(rest.items[0].next_at)).toBeGreaterThan(Date.now())
  expect((await ada.send('GET', path)).status).toBe(403)
})
