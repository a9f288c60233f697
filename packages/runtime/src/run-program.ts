import { type Config, loadConfig } from './config.ts'
import { ConfigurationError } from './configuration-error.ts'
import { createLogger, type Logger } from './logger.ts'
import { onShutDown } from './shut-down.ts'

type Stop = () => Promise<void>

/**
 * Runs `start` with the environment's configuration, and what it returns when the process is to end.
 *
 * A configuration that is not usable ends the process with code 2 and a text that names the key; a
 * start that fails otherwise ends it with code 1 and a line in the log.
 */
export async function runProgram(
  service: string,
  start: (config: Config, log: Logger) => Promise<Stop>,
): Promise<void> {
  try {
    const config = loadConfig()
    const log = createLogger(service, config.LOG_LEVEL)
    await startLogged(log, () => start(config, log))
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
}

async function startLogged(log: Logger, start: () => Promise<Stop>): Promise<void> {
  try {
    onShutDown(log, await start())
  } catch (error) {
    if (error instanceof ConfigurationError) throw error
    log.fatal({ err: error }, 'could not start')
    process.exit(1)
  }
}
