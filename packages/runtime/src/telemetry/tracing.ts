import type { Span } from '@opentelemetry/api'

/** Follows one piece of work through the processes that do parts of it. */
export interface Tracing {
  readonly isOn: boolean
  /** Runs `work` as a named part of the trace that is under way. */
  inSpan<T>(name: string, work: (note: Note) => Promise<T>): Promise<T>
  /** What a log line carries to be found by its trace. */
  logFields(): Record<string, string>
  /** Sends what is left. */
  stop(): Promise<void>
}

/** Adds what is known of a part. Never what people wrote. */
export type Note = (attributes: Readonly<Record<string, string | number>>) => void

/** Follows nothing, and loads nothing. */
export const noTracing: Tracing = {
  isOn: false,
  inSpan: (_name, work) => work(() => {}),
  logFields: () => ({}),
  stop: async () => {},
}

/**
 * Sends traces to an OTLP endpoint over HTTP, if there is one. The libraries for it are loaded only
 * then. Losing the endpoint loses traces, and nothing else.
 */
export async function startTracing(
  service: string,
  endpoint: string | undefined,
): Promise<Tracing> {
  if (!endpoint) return noTracing
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ])
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': nameService(service) }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000 })],
  })
  provider.register()
  const tracer = api.trace.getTracer('countersign')

  const finish = (span: Span, error?: unknown) => {
    if (error !== undefined) span.setStatus({ code: api.SpanStatusCode.ERROR })
    span.end()
  }
  return {
    isOn: true,
    inSpan: (name, work) =>
      tracer.startActiveSpan(name, async (span) => {
        try {
          const result = await work((attributes) => void span.setAttributes(attributes))
          finish(span)
          return result
        } catch (error) {
          finish(span, error)
          throw error
        }
      }),
    logFields() {
      const context = api.trace.getSpanContext(api.context.active())
      return context ? { trace_id: context.traceId, span_id: context.spanId } : {}
    },
    stop: () => provider.shutdown().catch(() => {}),
  }
}

/** Collectors are shared with others, so that each process of ours says whose it is. */
function nameService(service: string): string {
  return service === 'countersign' ? service : `countersign-${service}`
}
