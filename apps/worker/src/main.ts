import { declareRuntime } from '@countersign/egress/guard/runtime'
import { requireDatabase } from '@countersign/runtime/require-database'
import { runProgram } from '@countersign/runtime/run-program'
import { startWorker } from './start-worker.ts'

declareRuntime('live')
await runProgram('worker', async (config, { log, tracing }) => {
  const worker = await startWorker(requireDatabase(config), log, { tracing })
  return worker.stop
})
