import { loadConfig } from '@countersign/runtime/config'
import { createLogger } from '@countersign/runtime/logger'
import { requireDatabase } from '@countersign/runtime/require-database'
import { onShutDown } from '@countersign/runtime/shut-down'
import { announce, startApi } from './start-api.ts'

const config = loadConfig()
const log = createLogger('api', config.LOG_LEVEL)
const api = await startApi(requireDatabase(config), log)
announce(api)
onShutDown(log, api.stop)
