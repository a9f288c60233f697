import { refuseRepeatedNames } from '@countersign/core/approvals/actions/refuse-repeated-names'
import { invalid } from '../problem.ts'
import type { Api } from '../router.ts'
import { findFlaw } from './refuse-unkeepable.ts'

/**
 * Takes JSON and nothing else for a body, but for the forms and packs of some routes. An action without
 * a body is often sent as JSON all the same; what needs a body says so itself.
 * What no two readers would read alike is refused, and everywhere else what PostgreSQL cannot keep.
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
      done(isStrictJson ? findRepeatedName(text) : refuseFlaw(text, value), value)
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
function refuseFlaw(text: string, value: unknown): Error | null {
  const flaw = /\\u(0000|d[89a-f])/i.test(text) && findFlaw(value)
  return flaw ? invalid([{ path: '', message: flaw }]) : null
}
