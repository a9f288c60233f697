import { requireDatabase } from '@countersign/runtime/require-database'
import { runProgram } from '@countersign/runtime/run-program'
import { startWorker } from './start-worker.ts'

await runProgram('worker', async (config, log) => {
  const worker = await startWorker(requireDatabase(config), log)
  return worker.stop
})
