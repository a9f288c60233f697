import type { Problem } from '@countersign/contract/problem'

/** Where the service is, and who asks. */
export interface Connection {
  baseUrl: string
  token?: string | undefined
  /** In a browser that has the session's cookie: the token that writes must carry beside it. */
  csrfToken?: (() => string | undefined) | undefined
  /** For tests and proxies; by default the platform's own. */
  fetch?: typeof fetch
}

/** A refusal of the service, with its words for machines and for people. */
export class CountersignError extends Error {
  override readonly name = 'CountersignError'
  readonly status: number
  readonly code: string
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.status = problem.status
    this.code = problem.code
    this.problem = problem
  }
}

/** The service could not be reached, or did not answer as itself. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

export interface RequestOptions {
  query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>
  /** Sent as JSON, unless it is a form. */
  body?: unknown
  headers?: Readonly<Record<string, string>>
  signal?: AbortSignal | undefined
}

/** Sends a request and gives the response if the service agreed. Throws what it said if it did not. */
export async function send(
  connection: Connection,
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<Response> {
  const { body, signal } = options
  const isForm = body instanceof FormData
  const headers = {
    accept: 'application/json',
    ...credentials(connection, method),
    ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
    ...options.headers,
  }
  const response = await (connection.fetch ?? fetch)(locate(connection, path, options.query), {
    method,
    headers,
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw signal.reason
    throw new Unreachable(`${connection.baseUrl} does not answer.`, { cause })
  })
  if (response.ok || response.status === 304) return response
  throw await readRefusal(response)
}

/** Sends a request and reads the JSON of its response. */
export async function sendJson<Result>(
  connection: Connection,
  method: string,
  path: string,
  options?: RequestOptions,
): Promise<Result> {
  const response = await send(connection, method, path, options)
  if (response.status === 204) return undefined as Result
  return response.json().catch((cause: unknown) => {
    throw new Unreachable(`${connection.baseUrl} gave half an answer.`, { cause })
  }) as Promise<Result>
}

function credentials({ token, csrfToken }: Connection, method: string): Record<string, string> {
  if (token) return { authorization: `Bearer ${token}` }
  const csrf = method === 'GET' ? undefined : csrfToken?.()
  return csrf ? { 'x-csrf-token': csrf } : {}
}

function locate({ baseUrl }: Connection, path: string, query: RequestOptions['query'] = {}): URL {
  const url = new URL(baseUrl.replace(/\/$/, '') + path)
  for (const [key, value] of Object.entries(query)) {
    for (const one of [value].flat())
      if (one !== undefined) url.searchParams.append(key, String(one))
  }
  return url
}

async function readRefusal(response: Response): Promise<Error> {
  const text = await response.text()
  try {
    const problem: Problem = JSON.parse(text)
    if (typeof problem.code === 'string') return new CountersignError(problem)
  } catch {}
  return new Unreachable(`The server answered ${response.status}, and not as Countersign does.`)
}
