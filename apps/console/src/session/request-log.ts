import type { SentRequest } from './to-curl.ts'

const kept: SentRequest[] = []
const keptMax = 30

/** The requests of late, newest first, each once: what a page is made of, for "Copy as curl". */
export function recentRequests(): readonly SentRequest[] {
  return kept
}

/** Forgets what other pages asked for. */
export function forgetRequests(): void {
  kept.length = 0
}

/** Wraps a `fetch` so that what went out can be shown. */
export function recording(inner: typeof fetch): typeof fetch {
  return (input, init = {}) => {
    const url = String(input)
    if (!url.endsWith('/api/events')) remember(describe(url, init))
    return inner(input, init)
  }
}

function remember(request: SentRequest): void {
  const same = kept.findIndex(({ method, url }) => method === request.method && url === request.url)
  if (same >= 0) kept.splice(same, 1)
  kept.unshift(request)
  kept.length = Math.min(kept.length, keptMax)
}

function describe(url: string, { method = 'GET', body }: RequestInit): SentRequest {
  if (typeof body === 'string') return { method, url, body }
  if (!(body instanceof FormData)) return { method, url }
  const form = [...body].map(
    ([name, value]) => [name, typeof value === 'string' ? value : `@${value.name}`] as const,
  )
  return { method, url, form }
}
