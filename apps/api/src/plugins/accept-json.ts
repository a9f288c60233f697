import { refuseRepeatedNames } from '@countersign/core/approvals/actions/refuse-repeated-names'
import { invalid } from '../problem.ts'
import type { Api } from '../router.ts'

/**
 * Takes JSON and nothing else for a body, but for the forms and packs of some routes. An action without
 * a body is often sent as JSON all the same; what needs a body says so itself.
 * What no two readers would read alike is refused, and a NUL, which PostgreSQL cannot keep, everywhere.
 */
export function acceptJson(app: Api): void {
  app.removeContentTypeParser('text/plain')
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body)
    if (text === '') return done(null, undefined)
    void parse(request, text, (error, value) => {
      if (error) return done(error)
      const { isStrictJson = false } = request.routeOptions.config
      done(isStrictJson ? findRepeatedName(text) : findNul(text, value), value)
    })
  })
}

function findRepeatedName(text: string): Error | null {
  try {
    refuseRepeatedNames(text)
    return null
  } catch (error) {
    return error as Error
  }
}

/** Looks closer only where the text could hold one: an escaped backslash before it reads the same. */
function findNul(text: string, value: unknown): Error | null {
  if (!/\\u0000/i.test(text) || !holdsNul(value)) return null
  return invalid([{ path: '', message: 'holds a NUL' }])
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, member]) => holdsNul(key) || holdsNul(member))
}
