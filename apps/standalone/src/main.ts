import { announce, startApi } from '@countersign/api/start-api'
import { loadConfig } from '@countersign/runtime/config'
import { createLogger } from '@countersign/runtime/logger'
import { provideDatabase } from '@countersign/runtime/provide-database'
import { onShutDown } from '@countersign/runtime/shut-down'
import { startWorker } from '@countersign/worker/start-worker'

// The API, the worker and, unless DATABASE_URL names another one, a database, in one process.
const config = loadConfig()
const log = createLogger('countersign', config.LOG_LEVEL)
const database = await provideDatabase(config, log)
const whole = { ...config, DATABASE_URL: database.url }
const api = await startApi(whole, log)
const worker = await startWorker(whole, log)
announce(api)

onShutDown(log, async () => {
  await Promise.all([api.stop(), worker.stop()])
  await database.stop()
})
