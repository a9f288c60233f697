import { loadConfig } from '@countersign/runtime/config'
import { createLogger } from '@countersign/runtime/logger'
import { requireDatabase } from '@countersign/runtime/require-database'
import { onShutDown } from '@countersign/runtime/shut-down'
import { startWorker } from './start-worker.ts'

const config = loadConfig()
const log = createLogger('worker', config.LOG_LEVEL)
const worker = await startWorker(requireDatabase(config), log)
onShutDown(log, worker.stop)
