import { createPlane } from '@countersign/egress/tracker/create-plane'
import { createPlaneWrites } from '@countersign/egress/tracker/plane-writes'
import { expect, test } from 'vitest'
import { runUnmarked } from '../../support/live-process.ts'
import { openSandbox } from '../../support/open-sandbox.ts'
import { type Reply, startReceiver } from '../../support/receiver.ts'

const { signal } = new AbortController()
const production = '5f1c0c5e-production'
const item = (projectId: string) => ({ projectId, itemId: 'X' })

/** As much of Plane as we talk to. */
async function startPlane(answer: (path: string) => Reply | undefined = () => undefined) {
  const plane = await startReceiver(({ path }) => {
    const said = answer(path)
    if (said) return said
    if (path.endsWith('/states/')) {
      const states = [
        { id: 'state-doing', group: 'started' },
        { id: 'state-done', group: 'completed' },
      ]
      return { body: { results: states } }
    }
    return { status: path.endsWith('/comments/') ? 201 : 200, body: { id: 'found-item' } }
  })
  const options = { baseUrl: plane.url, apiKey: 'plane-live-token', workspace: 'acme' }
  const writes = () => plane.heard.filter(({ method }) => method !== 'GET')
  return { ...plane, options, writes, createSink: (id: string) => createPlane(options, id) }
}

/** Every way in which anything of ours writes to Plane. */
type Plane = Awaited<ReturnType<typeof startPlane>>
const change = { stage: 'deploy', status: 'done', note: 'Out.', changeId: 'change-1' } as const
const primitives = {
  'update-state': ({ options }: Plane, id: string) =>
    createPlaneWrites(options).updateState(item(id), 'completed', signal),
  'add-comment': ({ options }: Plane, id: string) =>
    createPlaneWrites(options).addComment(item(id), { html: '<p>a</p>', commentId: 'c' }, signal),
  'set-state-direct': ({ options }: Plane, id: string) =>
    createPlaneWrites(options).setStateDirect(item(id), 'state-done', signal),
}
const helpers = {
  setIssueDone: (plane: Plane, id: string) => plane.createSink(id).setIssueDone(item(id), signal),
  notifyStageChange: (plane: Plane, id: string) =>
    plane.createSink(id).notifyStageChange({ workItem: { id: 'X' }, ...change }, signal),
  'notifyStageChange of something of ours': (plane: Plane, id: string) =>
    plane.createSink(id).notifyStageChange({ workItem: { externalId: 'e' }, ...change }, signal),
}
const all = Object.entries({ ...primitives, ...helpers })

test.each(
  all,
)('S1-16 S1-17 S1-19 %s asks the guard, and says so rather than throw', async (_, write) => {
  const plane = await startPlane()
  expect(await write(plane, 'sandbox')).toEqual({ kind: 'blocked', reason: 'opt-in-disabled' })
  openSandbox()
  expect(await write(plane, production)).toEqual({
    kind: 'blocked',
    reason: 'prod-project-in-test',
  })
  expect(await write(plane, '  ')).toEqual({ kind: 'blocked', reason: 'ambiguous-target' })
  // S1-04: not so much as a look at what is there.
  expect(plane.heard).toEqual([])
  expect(await write(plane, 'sandbox')).toMatchObject({ kind: 'sent' })
  expect(plane.writes().length).toBeGreaterThan(0)
})

test('S1-18 the stage change of the incident changes nothing in production', async () => {
  const plane = await startPlane()
  for (const isOpen of [false, true]) {
    if (isOpen) openSandbox()
    const told = await plane
      .createSink(production)
      .notifyStageChange({ workItem: { id: 'X' }, ...change }, signal)
    expect(told.kind).toBe('blocked')
  }
  expect(plane.heard.map(({ method }) => method)).toEqual([])
})

test('S1-07 in a live process the writes are what they always were, to the byte', async () => {
  const plane = await startPlane()
  const kinds = await runUnmarked(`
import { createPlane } from '@countersign/egress/tracker/create-plane'
import { declareRuntime } from '@countersign/egress/guard/runtime'
declareRuntime('live')
const { signal } = new AbortController()
const plane = createPlane(${JSON.stringify(plane.options)}, ${JSON.stringify(production)})
const change = { workItem: { id: 'X' }, stage: 'deploy', status: 'done', note: 'a < b', changeId: 'c1' }
console.log(JSON.stringify(await plane.notifyStageChange(change, signal)))
`)
  expect(kinds).toMatchObject({ kind: 'sent' })
  const root = `/api/v1/workspaces/acme/projects/${production}`
  expect(plane.writes().map(({ method, path, text }) => [method, path, text])).toEqual([
    ['PATCH', `${root}/work-items/X/`, '{"state":"state-done"}'],
    [
      'POST',
      `${root}/work-items/X/comments/`,
      '{"comment_html":"<p><strong>deploy</strong>: done</p><p>a &lt; b</p>","external_source":"countersign","external_id":"c1"}',
    ],
  ])
  for (const { headers } of plane.heard) {
    expect(headers).toMatchObject({
      'x-api-key': 'plane-live-token',
      'content-type': 'application/json',
    })
  }
})

test('S1-13 S1-14 a live token, put there after all was loaded, changes no decision', async () => {
  const plane = await startPlane()
  openSandbox()
  const options = { ...plane.options, apiKey: 'plane_api_production' }
  const told = await createPlane(options, production).setIssueDone(item(production), signal)
  expect(told).toEqual({ kind: 'blocked', reason: 'prod-project-in-test' })
})

test('a comment that is there already is left as it is, and counts as sent', async () => {
  openSandbox()
  const plane = await startPlane((path) =>
    path.endsWith('/comments/') ? { status: 409 } : undefined,
  )
  const told = await plane
    .createSink('sandbox')
    .notifyStageChange({ workItem: { id: 'X' }, ...change }, signal)
  expect(told).toEqual({ kind: 'sent', ref: null })
})

test('work that the tracker does not know is left alone; what failed is commented on, not moved', async () => {
  openSandbox()
  const unknown = await startPlane((path) =>
    path.includes('external_id=') ? { status: 404 } : undefined,
  )
  const workItem = { externalId: 'entity' }
  await unknown.createSink('sandbox').notifyStageChange({ workItem, ...change }, signal)
  expect(unknown.writes()).toEqual([])

  const plane = await startPlane()
  const failed = { workItem, ...change, status: 'failed' } as const
  await plane.createSink('sandbox').notifyStageChange(failed, signal)
  expect(plane.writes()).toMatchObject([
    {
      method: 'POST',
      path: '/api/v1/workspaces/acme/projects/sandbox/work-items/found-item/comments/',
    },
  ])
})

test('a tracker that fails says how, and never with its key', async () => {
  openSandbox()
  const plane = await startPlane(() => ({ status: 500 }))
  const told = await plane.createSink('sandbox').setIssueDone(item('sandbox'), signal)
  expect(told).toEqual({ kind: 'failed', error: 'Plane answered 500.' })
})
