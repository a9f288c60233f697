import type { OwnAction } from '@countersign/core/approvals/actions/action-map'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The action that somebody else has to approve before the route does it, or `none`. */
    gate?: OwnAction | 'none'
    /** Whether the route is the gate itself: whatever goes wrong in it is a refusal. */
    isGate?: true
    /** Whether JSON in which an object has a name twice is refused. */
    isStrictJson?: true
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether one of some methods does more than to read (RFC 9110, 9.2.1). */
export function changesSomething(methods: string | string[]): boolean {
  return [methods].flat().some((method) => !safeMethods.has(method))
}

/** Every route that changes something says whether somebody else has to approve it first. */
export function requireGate(app: FastifyInstance) {
  app.addHook('onRoute', ({ method, url, config }) => {
    if (changesSomething(method) && !config?.gate) {
      throw new Error(`${method} ${url} does not say which gate it goes through.`)
    }
  })
}
