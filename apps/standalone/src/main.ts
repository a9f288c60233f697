import { announce, startApi } from '@countersign/api/start-api'
import { declareRuntime } from '@countersign/egress/guard/runtime'
import { provideDatabase } from '@countersign/runtime/provide-database'
import { runProgram } from '@countersign/runtime/run-program'
import { startWorker } from '@countersign/worker/start-worker'

// The API, the worker and, unless DATABASE_URL names another one, a database, in one process.
declareRuntime('live')
await runProgram('countersign', async (config, log) => {
  const database = await provideDatabase(config, log)
  const whole = { ...config, DATABASE_URL: database.url }
  const api = await startApi(whole, log)
  const worker = await startWorker(whole, log)
  announce(api)
  return async () => {
    await Promise.all([api.stop(), worker.stop()])
    await database.stop()
  }
})
