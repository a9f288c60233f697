import { announce, startApi } from '@countersign/api/start-api'
import { declareRuntime } from '@countersign/egress/guard/runtime'
import { provideDatabase } from '@countersign/runtime/provide-database'
import { runProgram } from '@countersign/runtime/run-program'
import { createMetrics } from '@countersign/runtime/telemetry/metrics'
import { startWorker } from '@countersign/worker/start-worker'

// The API, the worker and, unless DATABASE_URL names another one, a database, in one process.
declareRuntime('live')
await runProgram('countersign', async (config, { log, tracing }) => {
  const database = await provideDatabase(config, log)
  const whole = { ...config, DATABASE_URL: database.url }
  const watching = { metrics: createMetrics(), tracing }
  const api = await startApi(whole, log, watching)
  announce(api)
  const worker = await startWorker(whole, log, watching)
  return async () => {
    await Promise.all([api.stop(), worker.stop()])
    await database.stop()
  }
})
