import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { accessRules } from '../../support/access-rules.ts'
import { startService } from '../../support/start-service.ts'

type Access = keyof typeof accessRules
type Kind = 'nobody' | 'forger' | 'agent' | 'user' | 'admin'

/** Which of the statuses that say no a caller of each kind gets; `null` where the way is open. */
const refusals: Record<Access, Record<Kind, 401 | 403 | null>> = {
  anyone: { nobody: null, forger: null, agent: null, user: null, admin: null },
  caller: { nobody: 401, forger: 401, agent: null, user: null, admin: null },
  person: { nobody: 401, forger: 401, agent: 403, user: null, admin: null },
  admin: { nobody: 401, forger: 401, agent: 403, user: 403, admin: null },
}

const rules = new Map(
  Object.entries(accessRules).flatMap(([access, routes]) =>
    routes.map((route) => [route as string, access as Access] as const),
  ),
)

/** A service with somebody of every kind, and every operation that its OpenAPI document knows. */
async function startWithEverybody() {
  const service = await startService({ withWorker: false })
  const { body } = await service.send('GET', '/openapi.json')
  const routes = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map(
      (method) => `${method.toUpperCase()} ${path.replaceAll(/\{([^}]+)\}/g, ':$1')}`,
    ),
  )
  const user = await service.asSomebody()
  const tokens: Record<Kind, string | undefined> = {
    nobody: undefined,
    forger: `cs_${randomUUID()}`,
    agent: (await service.asAgentOf(user)).token,
    user: user.token,
    admin: (await service.asAdmin()).token,
  }
  return { service, routes, tokens }
}

test('every operation has a rule, and every rule an operation', async () => {
  const { routes } = await startWithEverybody()
  expect(routes.length).toBeGreaterThan(80)
  expect([...rules.keys()].sort()).toEqual(routes.sort())
})

test('every operation lets in whom its rule names, and nobody else', async () => {
  const { service, routes, tokens } = await startWithEverybody()
  const kinds = Object.keys(tokens) as Kind[]
  // Logging out ends the very token that asks, so it comes last.
  const ordered = routes.toSorted((route) => (route.includes('logout') ? 1 : -1))
  const wrong: string[] = []
  for (const route of ordered) {
    for (const kind of kinds) {
      const refusal = refusals[rules.get(route) ?? 'admin'][kind]
      const status = await ask(service.url, route, tokens[kind])
      if (!isRight(status, refusal))
        wrong.push(`${route} answers ${kind} ${status}, not ${refusal}`)
    }
  }
  expect(wrong).toEqual([])
})

/** Whether a status is the refusal; or, where there is none, lets in, to find nothing or to complain. */
function isRight(status: number, refusal: 401 | 403 | null): boolean {
  return refusal ? status === refusal : status !== 401 && status < 500
}

/** The status of an operation on things that do not exist, asked without anything useful. */
async function ask(url: string, route: string, token: string | undefined): Promise<number> {
  const [method = '', pattern = ''] = route.split(' ')
  const path = pattern
    .replaceAll(/:n\b/g, '1')
    .replaceAll(/:path\b/g, 'SKILL.md')
    .replaceAll(/:\w+/g, randomUUID())
  const hasBody = method !== 'GET' && method !== 'DELETE'
  const calledOff = new AbortController()
  const answer = await fetch(url + path, {
    method,
    signal: calledOff.signal,
    redirect: 'manual',
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(hasBody && { 'content-type': 'application/json' }),
    },
    ...(hasBody && { body: '{}' }),
  })
  // A stream has no end to wait for.
  calledOff.abort()
  return answer.status
}

test('what is somebody else’s does not exist for a stranger', async () => {
  const service = await startService({ withWorker: false })
  const [owner, stranger] = [await service.asSomebody(), await service.asSomebody()]
  const { body } = await owner.submit()
  const [entity, submission] = [body.id, body.submission.id]
  const paths = [
    `/api/store/entities/${entity}`,
    `/api/store/entities/${entity}/status`,
    `/api/store/entities/${entity}/versions/1/files`,
    `/api/store/entities/${entity}/versions/1/bundle.zip`,
    `/api/store/submissions/${submission}`,
    `/api/store/submissions/${submission}/report`,
  ]
  for (const path of paths) {
    expect([path, (await stranger.send('GET', path)).status]).toEqual([path, 404])
    expect([path, (await owner.send('GET', path)).status]).toEqual([path, 200])
  }
  const gone = await stranger.send('GET', `/api/store/entities/${randomUUID()}`)
  const hidden = await stranger.send('GET', `/api/store/entities/${entity}`)
  const { request_id: _, ...problem } = hidden.body
  expect(gone.body).toMatchObject(problem)
})
