import './quick-start.ts'
import './shift-clock.ts'
import { loadConfig } from '@countersign/runtime/config'
import { createLogger } from '@countersign/runtime/logger'
import { requireDatabase } from '@countersign/runtime/require-database'
import { onShutDown } from '@countersign/runtime/shut-down'
import { interpose } from './interpose.ts'

// An API, a worker, or both, as its arguments say, with a fault point at every step. Its parent arms
// them: at the named step the process gets the named signal, once, from itself and so at once.

/** What the parent asks for, and what it is told. */
export interface Fault {
  step: string
  signal: NodeJS.Signals
}
export type Told = { ready: string } | { step: string }

const roles = new Set(process.argv.slice(2))
const config = requireDatabase(loadConfig())
const log = createLogger([...roles].join('+'), config.LOG_LEVEL)
const seen = new Set<string>()
let fault: Fault | undefined

const tell = (told: Told) => process.send?.(told)
const atStep = (step: string) => {
  if (step === fault?.step) {
    const { signal } = fault
    fault = undefined
    process.kill(process.pid, signal)
  }
  if (!seen.has(step)) tell({ step })
  seen.add(step)
}
process.on('message', (message: Fault) => {
  fault = message
})

async function startApi() {
  const { startApi } = await import('@countersign/api/start-api')
  return startApi(config, log, { around: (services) => interpose(services, atStep) })
}

async function startWorker() {
  const { startWorker } = await import('@countersign/worker/start-worker')
  return startWorker(config, log, { around: (ports) => interpose(ports, atStep) })
}

// Each loads only what it is: most of these processes live no longer than it takes them to start.
const api = roles.has('api') ? await startApi() : undefined
const worker = roles.has('worker') ? await startWorker() : undefined
onShutDown(log, async () => void (await Promise.all([api?.stop(), worker?.stop()])))
tell({ ready: api?.url ?? '' })
