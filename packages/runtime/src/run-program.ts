import { type Config, loadConfig } from './config.ts'
import { ConfigurationError } from './configuration-error.ts'
import { explainFailure } from './explain-failure.ts'
import { createLogger, type Logger } from './logger.ts'
import { onShutDown } from './shut-down.ts'
import { startTracing, type Tracing } from './telemetry/tracing.ts'

type Stop = () => Promise<void>

/** What a program tells of itself by. */
export interface Telling {
  log: Logger
  tracing: Tracing
}

/**
 * Runs `start` with the environment's configuration, and what it returns when the process is to end.
 *
 * A configuration that is not usable ends the process with code 2 and a text that names the key; a
 * start that fails otherwise ends it with code 1 and a line in the log, which is without a stack where
 * it says what the operator can do.
 */
export async function runProgram(
  service: string,
  start: (config: Config, telling: Telling) => Promise<Stop>,
): Promise<void> {
  try {
    const config = loadConfig()
    const tracing = await startTracing(service, config.OTEL_EXPORTER_OTLP_ENDPOINT)
    const log = createLogger(service, config.LOG_LEVEL, { fields: tracing.logFields })
    await startLogged(config, log, async () => {
      const stop = await start(config, { log, tracing })
      return () => stop().finally(tracing.stop)
    })
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
}

async function startLogged(config: Config, log: Logger, start: () => Promise<Stop>): Promise<void> {
  try {
    onShutDown(log, await start())
  } catch (error) {
    if (error instanceof ConfigurationError) throw error
    const reason = explainFailure(error, config)
    log.fatal(reason ? { reason } : { err: error }, 'could not start')
    process.exit(1)
  }
}
