import { errorCatalog } from '@countersign/core/errors'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import type { Api } from '../router.ts'

const config = { access: 'anyone', gate: 'none' } as const
const schema = { hide: true } as const

/** What we say over HTTP, said over HTTP. */
export function documentRoutes(app: Api, _services: Services): void {
  app.get('/openapi.json', { config, schema, handler: async () => app.swagger() })

  app.get('/docs', {
    config,
    schema,
    handler: async (_request, reply) =>
      reply
        .type('text/html')
        .header('content-security-policy', pagePolicy)
        .send(renderDocs(app.swagger())),
  })

  app.get('/problems/:code', {
    config,
    schema: { hide: true, params: z.object({ code: z.string() }) },
    handler: async ({ params: { code } }, reply) => {
      const known = Object.entries(errorCatalog).find(([name]) => name === code)
      if (!known) return reply.callNotFound()
      return reply.type('text/plain; charset=utf-8').send(`${known[0]}: ${known[1].title}.\n`)
    },
  })
}

interface Document {
  info?: { title?: string }
  paths?: Record<string, unknown>
}

/** The reference as one page without scripts: every operation with what it takes and gives. */
function renderDocs(document: Document): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries((methods ?? {}) as Record<string, Operation>).map(([method, operation]) =>
      renderOperation(method, path, operation),
    ),
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Countersign API</title>
<meta name="viewport" content="width=device-width"><style>${style}</style>
<h1>Countersign API</h1><p>The machine-readable form is <a href="/openapi.json">/openapi.json</a>
(OpenAPI 3.1).</p>${operations.join('')}</html>`
}

interface Operation {
  summary?: string
  description?: string
  responses?: Record<string, { description?: string }>
  parameters?: { name: string; in: string; required?: boolean }[]
}

function renderOperation(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(
    ({ name, in: place, required }) =>
      `<li><code>${name}</code> in ${place}${required ? '' : ', optional'}`,
  )
  const statuses = Object.keys(operation.responses ?? {}).join(', ')
  return `<section><h2><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h2>
<p>${escapeHtml(operation.summary ?? '')}. ${escapeHtml(operation.description ?? '')}</p>
<ul>${parameters.join('')}</ul><p>Answers: ${statuses}</p></section>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** A page of ours has a style of its own, and nothing else. */
const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

const style = `body{font:16px/1.5 system-ui;max-width:56rem;margin:2rem auto;padding:0 1rem;
color-scheme:light dark}h2{font-size:1rem;margin:2rem 0 0;border-top:1px solid #8884;padding-top:1rem}`
