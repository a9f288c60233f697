import { Writable } from 'node:stream'
import { createStore } from '@countersign/db/store'
import { admit } from '@countersign/egress/guard/admit'
import { recordDecisions } from '@countersign/egress/guard/record-decisions'
import { targetOf } from '@countersign/egress/guard/target'
import { createLogger } from '@countersign/runtime/logger'
import { expect, onTestFinished, test } from 'vitest'
import { createDatabase } from '../../support/database.ts'
import { openSandbox } from '../../support/open-sandbox.ts'
import { until } from '../../support/until.ts'

async function setUp() {
  const db = await createDatabase()
  const lines: Record<string, unknown>[] = []
  const write = (chunk: Buffer, _: unknown, done: () => void) => {
    lines.push(JSON.parse(chunk.toString()))
    done()
  }
  const log = createLogger('test', 'info', { destination: new Writable({ write }) })
  onTestFinished(recordDecisions({ store: createStore(db), log }))
  const untilAudited = (action: string) =>
    until(async () => {
      const [entry] = await db.$client`select resource, params from audit_entries
        where action = ${action}`
      if (!entry) throw new Error('There is no entry.')
      return entry
    })
  return { lines, untilAudited }
}

const project = (name: string) => targetOf('tracker', 'https://plane.example', 'acme', name)

test('S1-22 a refusal is one warning, and one entry of the audit', async () => {
  const { lines, untilAudited } = await setUp()
  expect(admit(project('production'), 'set-state', 'ISSUE-7')[0]).toBe(false)
  expect(lines).toEqual([
    expect.objectContaining({
      level: 'warn',
      msg: 'write BLOCKED',
      target: project('production'),
      workItem: 'ISSUE-7',
      op: 'set-state',
      reason: 'opt-in-disabled',
      pid: process.pid,
    }),
  ])
  expect(await untilAudited('guard.blocked')).toMatchObject({
    resource: 'tracker:https://plane.example#acme#production',
    params: { op: 'set-state', reason: 'opt-in-disabled', work_item: 'ISSUE-7' },
  })
})

test('S1-23 what the sandbox lets through is one piece of information, and says so', async () => {
  const { lines, untilAudited } = await setUp()
  openSandbox()
  expect(admit(project('sandbox'), 'add-comment', 'ISSUE-8')[0]).toBe(true)
  expect(lines).toEqual([
    expect.objectContaining({ level: 'info', msg: 'write ALLOWED', target: project('sandbox') }),
  ])
  expect(await untilAudited('guard.allowed')).toMatchObject({ params: { op: 'add-comment' } })
})
