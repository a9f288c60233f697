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

/** Every route that changes something says whether somebody else has to approve it first. */
export function requireGate(app: FastifyInstance) {
  app.addHook('onRoute', ({ method, url, config }) => {
    const changes = [method].flat().some((name) => !safeMethods.has(name))
    if (changes && !config?.gate) {
      throw new Error(`${method} ${url} does not say which gate it goes through.`)
    }
  })
}
