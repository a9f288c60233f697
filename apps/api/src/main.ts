import { declareRuntime } from '@countersign/egress/guard/runtime'
import { requireDatabase } from '@countersign/runtime/require-database'
import { runProgram } from '@countersign/runtime/run-program'
import { announce, startApi } from './start-api.ts'

declareRuntime('live')
await runProgram('api', async (config, { log, tracing }) => {
  const api = await startApi(requireDatabase(config), log, { tracing })
  announce(api)
  return api.stop
})
