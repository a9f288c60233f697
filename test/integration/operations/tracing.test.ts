import { expect, test } from 'vitest'
import { aSkill, description, zip } from '../../support/bundles.ts'
import { startOtlpReceiver } from '../../support/otlp-receiver.ts'
import { processAdmin, startProcesses } from '../../support/start-processes.ts'

async function submit(url: string, headers: Record<string, string> = {}): Promise<Response> {
  const login = await fetch(`${url}/api/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(processAdmin),
  })
  const { access_token } = (await login.json()) as { access_token: string }
  const form = new FormData()
  form.set('type', 'skill')
  form.set('description', description)
  form.set('file', new Blob([await zip(aSkill())]), 'bundle.zip')
  const authorization = `Bearer ${access_token}`
  return fetch(`${url}/api/store/entities`, {
    method: 'POST',
    headers: { authorization, ...headers },
    body: form,
  })
}

test('a trace leads from the request over the queue to the question put to the model', async () => {
  const receiver = await startOtlpReceiver()
  const { url, api, worker } = await startProcesses({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url })
  const traceId = 'a'.repeat(32)
  const answer = await submit(url, { traceparent: `00-${traceId}-${'b'.repeat(16)}-01` })
  expect(answer.status).toBe(201)
  const { submission } = (await answer.json()) as { submission: { id: string } }

  const asked = await receiver.until('ask model')
  await worker.untilPrinted(/"msg":"verdict reached"/)
  await Promise.all([api.end(), worker.end()])

  expect(asked).toMatchObject({ traceId, service: 'countersign-worker' })
  expect(asked.attributes).toMatchObject({ 'gen_ai.operation.name': 'chat' })
  const ofTrace = receiver.spans.filter((span) => span.traceId === traceId)
  const byId = new Map(ofTrace.map((span) => [span.spanId, span]))
  const path = [asked]
  for (let at = asked; at.parentSpanId; ) {
    const parent = byId.get(at.parentSpanId)
    if (!parent) break
    path.push(parent)
    at = parent
  }
  expect(path.at(-1)).toMatchObject({ service: 'countersign-api', parentSpanId: 'b'.repeat(16) })
  expect(path.map(({ service }) => service)).toContain('countersign-worker')

  const lines = worker
    .output()
    .split('\n')
    .filter((line) => line.includes('verdict reached'))
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ trace_id: traceId, submissionId: submission.id }),
  ])
})

test('without an endpoint nothing of OpenTelemetry is loaded', async () => {
  const watch = new URL('../../support/print-loaded.ts', import.meta.url).pathname
  const { url, api, worker } = await startProcesses({ NODE_OPTIONS: `--import=${watch}` })
  expect((await submit(url)).status).toBe(201)
  await worker.untilPrinted(/"msg":"verdict reached"/)
  await Promise.all([api.end(), worker.end()])
  for (const output of [api.output(), worker.output()]) {
    const loaded = output.split('\n').flatMap((line) => /^loaded: (.*)/.exec(line)?.[1] ?? [])
    expect(loaded.filter((name) => name.includes('/pino/'))).not.toEqual([])
    expect(loaded.filter((name) => /opentelemetry\/(sdk|exporter)|otel/.test(name))).toEqual([])
  }
})
