import type { Logger } from './logger.ts'

const patienceMs = 28_000

/**
 * Runs `stop` once, when the process is asked to end or the program that started it is gone, and exits.
 *
 * A stop that takes longer than 28 s is abandoned: whoever asked waits 30 s before they kill us, and
 * nothing is lost by being killed.
 */
export function onShutDown(log: Logger, stop: () => Promise<void>): void {
  let isStopping = false
  const shutDown = async (reason: string) => {
    if (isStopping) return
    isStopping = true
    log.info({ reason }, 'shutting down')
    setTimeout(() => process.exit(1), patienceMs).unref()
    try {
      await stop()
      process.exitCode = 0
    } catch (error) {
      log.error({ err: error }, 'shutdown failed')
      process.exitCode = 1
    }
    process.exit()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void shutDown(signal))
  }
  process.on('disconnect', () => void shutDown('parent gone'))
  process.channel?.unref()
}
