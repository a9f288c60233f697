import type { Metrics } from '@countersign/runtime/telemetry/metrics'
import type { FastifyInstance } from 'fastify'

/** Measures every request. The route's pattern names it, so that no path can make a label. */
export function measureRequests(
  app: FastifyInstance,
  { requestSeconds }: Pick<Metrics, 'requestSeconds'>,
) {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none')
    const { method } = request
    requestSeconds.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
}
