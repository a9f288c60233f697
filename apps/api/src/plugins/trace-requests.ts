import type { Tracing } from '@countersign/runtime/telemetry/tracing'
import type { FastifyInstance } from 'fastify'

/** Shows every request as a trace, or as a part of its caller's. Loads nothing while tracing is off. */
export async function traceRequests(app: FastifyInstance, { isOn }: Tracing): Promise<void> {
  if (!isOn) return
  const { FastifyOtelInstrumentation } = await import('@fastify/otel')
  // The link in a letter is a secret, and a trace would hold it.
  const ignorePaths = ({ url }: { url: string }) => url.startsWith('/answer/')
  await app.register(new FastifyOtelInstrumentation({ ignorePaths }).plugin())
}
