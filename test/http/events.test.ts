import { startApi } from '@countersign/api/start-api'
import { newId } from '@countersign/core/ids'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from '../support/event-stream.ts'
import { startService } from '../support/start-service.ts'

type Service = Awaited<ReturnType<typeof startService>>

/** Makes something happen: an event, written as a use-case would, after its change. */
function happen({ db }: Service, count: number, audienceId: string | null = null) {
  const rows = Array.from({ length: count }, (_, n) => ({
    id: newId(),
    type: 'entity.updated',
    audience_id: audienceId,
    is_public: false,
    data: { n, padding: 'x'.repeat(2_000) },
  }))
  return db.$client`
    insert into events (id, type, audience_id, is_public, data)
    select id, type, audience_id, is_public, data
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as row (id uuid, type text, audience_id uuid, is_public boolean, data jsonb)`
}

async function setUp() {
  const service = await startService({ withWorker: false })
  const another = await startApi(service.config, service.log)
  onTestFinished(() => another.stop())
  const admin = await service.asAdmin()
  return { ...service, another, admin }
}

test('a reader who comes back goes on where they were, at whichever process', async () => {
  const service = await setUp()
  const { admin, url, another } = service
  const first = await listen(url, admin.token)
  expect(first.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  await happen(service, 3)
  const heard = [...(await first.until(3))]
  first.close()
  await happen(service, 1_200)

  const second = await listen(another.url, admin.token, heard[1]?.id)
  await happen(service, 2)
  await second.until(1_203)
  const ids = second.events.map(({ id }) => id)
  expect(ids[0]).toBe(heard[2]?.id)
  expect(ids).toEqual([...ids].sort((one, other) => one - other))
  expect(new Set(ids).size).toBe(1_203)
})

test('a reader hears of what concerns them, and of nobody else’s', async () => {
  const service = await setUp()
  const somebody = await service.asSomebody()
  const stranger = await service.asSomebody()
  const agent = await service.asAgentOf(somebody)
  const streams = await Promise.all(
    [somebody, stranger, agent].map(({ token }) => listen(service.url, token)),
  )
  const all = await listen(service.url, service.admin.token)
  await happen(service, 2, somebody.id)
  await happen(service, 1, stranger.id)
  await Promise.all([all.until(3), ...streams.map((stream, n) => stream.until(n === 1 ? 1 : 2))])
  expect(streams.map(({ events }) => events.length)).toEqual([2, 1, 2])

  const resumed = await listen(service.url, stranger.token, 0)
  expect(await resumed.until(1)).toHaveLength(1)
})

test('a member of a workspace hears of what is asked in it', async () => {
  const service = await setUp()
  const [member, stranger] = [await service.asSomebody(), await service.asSomebody()]
  const { $client: sql } = service.db
  const workspaceId = newId()
  await sql`insert into workspaces (id, name) values (${workspaceId}, 'one')`
  await sql`insert into workspace_members (workspace_id, principal_id)
    values (${workspaceId}, ${member.id})`
  const streams = await Promise.all(
    [member, stranger].map(({ token }) => listen(service.url, token)),
  )
  await sql`insert into events (id, type, workspace_id, data)
    values (${newId()}, 'approval.requested', ${workspaceId}, '{}')`
  await happen(service, 1, stranger.id)
  await Promise.all(streams.map((stream) => stream.until(1)))
  expect(streams.map(({ events }) => events.map(({ type }) => type))).toEqual([
    ['approval.requested'],
    ['entity.updated'],
  ])
})

test('a reader whose place the stream never reached hears what comes', async () => {
  const service = await setUp()
  const stream = await listen(service.url, service.admin.token, 999_999_999_999)
  await happen(service, 1)
  expect(await stream.until(1)).toHaveLength(1)
})

test('a reader who takes nothing costs a bounded buffer, and misses nothing once they do', async () => {
  const service = await setUp()
  const slow = await fetch(`${service.url}/api/events`, {
    headers: { authorization: `Bearer ${service.admin.token}` },
  })
  const watching = await listen(service.url, service.admin.token)
  for (let round = 1; round <= 6; round += 1) {
    await happen(service, 1_000)
    await watching.until(1_000 * round)
  }
  const [text, decoder] = [[] as string[], new TextDecoder()]
  for await (const chunk of slow.body ?? []) {
    text.push(decoder.decode(chunk, { stream: true }))
    if (text.at(-1)?.includes(`id: ${watching.events.at(-1)?.id}\n`)) break
  }
  const ids = [...text.join('').matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]))
  expect(ids).toEqual(watching.events.map(({ id }) => id))
})

test('a line ends with the token that opened it', async () => {
  const service = await setUp()
  const { admin, url, db } = service
  const { body } = await admin.send('POST', '/api/tokens', { json: { name: 'line', kind: 'user' } })
  const stream = await listen(url, body.token)
  await happen(service, 1)
  await stream.until(1)
  await db.$client`update tokens set revoked_at = now() where id = ${body.id}`
  await stream.ended
  expect(stream.events).toHaveLength(1)
})

test('a reader who is gone before the line is open leaves nobody looking for news', async () => {
  const { promise: isThere, resolve: tell } = Promise.withResolvers<void>()
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
  let listeners = 0
  const service = await startService({
    withWorker: false,
    overrides: {
      around(services) {
        const { changes } = services
        const position = async () => {
          ask()
          await isThere
          return changes.position()
        }
        const subscribe: typeof changes.subscribe = (listener) => {
          listeners += 1
          const unsubscribe = changes.subscribe(listener)
          return () => {
            listeners -= 1
            unsubscribe()
          }
        }
        return { ...services, changes: { ...changes, position, subscribe } }
      },
    },
  })
  const { token } = await service.asAdmin()
  const gone = new AbortController()
  const headers = { authorization: `Bearer ${token}` }
  const line = fetch(`${service.url}/api/events`, { headers, signal: gone.signal })
  await asked
  gone.abort()
  await expect(line).rejects.toThrow('aborted')
  for (const _ of [1, 2]) await service.send('GET', '/health')
  tell()
  for (const _ of [1, 2]) await service.send('GET', '/health')
  await expect.poll(() => listeners).toBe(0)
})

test('401 without a token', async () => {
  const { send } = await startService({ withWorker: false })
  expect((await send('GET', '/api/events')).status).toBe(401)
})

test('404 for whoever asks only for the headers of a line', async () => {
  const { asAdmin } = await startService({ withWorker: false })
  expect((await (await asAdmin()).send('HEAD', '/api/events')).status).toBe(404)
})

test('a server that stops ends lines and waits at once', async () => {
  const service = await setUp()
  const another = await startApi(service.config, service.log)
  const stream = await listen(another.url, service.admin.token)
  const { body } = await service.admin.submit()
  const authorization = `Bearer ${service.admin.token}`
  const path = `/api/store/entities/${body.id}/status?wait=50`
  const waiting = fetch(another.url + path, { headers: { authorization } })
  await fetch(`${another.url}/api/me`, { headers: { authorization } })
  await another.stop()
  await stream.ended
  expect((await waiting).status).toBe(200)
})

test('?wait= answers when the verdict is in, at whichever process, and at the end of the wait', async () => {
  const service = await setUp()
  const { admin, url, another } = service
  const { body } = await admin.submit()
  const path = `/api/store/entities/${body.id}/status`
  const wait = async (base: string, seconds: number) => {
    const response = await fetch(`${base}${path}?wait=${seconds}`, {
      headers: { authorization: `Bearer ${admin.token}` },
    })
    const { submission } = (await response.json()) as { submission: { status: string } }
    return submission.status
  }
  expect(await wait(url, 1)).toBe('pending_llm')
  const waiting = [wait(url, 30), wait(another.url, 30)]
  await admin.send('POST', `/api/store/submissions/${body.submission.id}/withdraw`)
  expect(await Promise.all(waiting)).toEqual(['withdrawn', 'withdrawn'])
})
