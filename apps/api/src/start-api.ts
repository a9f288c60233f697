import { ensureAdmin } from '@countersign/core/identity/ensure-admin'
import type { Config } from '@countersign/runtime/config'
import type { Logger } from '@countersign/runtime/logger'
import { compose, type Overrides, type Services } from './compose.ts'
import { watchConnections } from './live/close-server.ts'
import { registerConfirmationRoutes } from './routes.ts'
import { createServer } from './server.ts'

export interface RunningApi {
  /** Where it listens. */
  url: string
  /** Where clients of `/confirm` are listened to as well, if the operator wants that. */
  confirmationUrl: string | undefined
  /** Who the first admin is, if their password was made up just now. */
  firstAdmin: { email: string; password: string } | undefined
  stop(): Promise<void>
}

/** Serves the API until stopped. `overrides` are for tests that take a part away. */
export async function startApi(
  config: Config & { DATABASE_URL: string },
  log: Logger,
  overrides: Overrides = {},
): Promise<RunningApi> {
  const services = await compose(config, log, overrides)
  const server = await createServer(services)
  const closeServer = watchConnections(server.server)
  const url = await server.listen({ port: config.PORT, host: config.HOST })
  const confirmations = await listenForConfirmations(services)
  // Last: a password that was made up is shown by who started us, and never again.
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = config
  const firstAdmin = await ensureAdmin(services, { email, password })
  void hearClicks(services)
  if (!config.GUARDRAILS_ENABLED) {
    log.warn('GUARDRAILS_ENABLED is false: bundles that pass the checks are approved unread')
  }

  return {
    url,
    confirmationUrl: confirmations?.url,
    firstAdmin,
    async stop() {
      await services.changes.close()
      for (const stream of services.streams) stream.end()
      await Promise.all([closeServer(() => server.close()), confirmations?.server.close()])
      await services.close()
    },
  }
}

async function listenForConfirmations(services: Services) {
  const { CONFIRMATION_PORT: port, CONFIRMATION_HOST: host } = services.config
  if (port === undefined) return undefined
  const server = await createServer(services, registerConfirmationRoutes)
  return { server, url: await server.listen({ port, host }) }
}

/** Asks Telegram to tell us of clicks. Without it people still decide, but not by its buttons. */
async function hearClicks({ channels: { telegram }, log }: Services): Promise<void> {
  if (!telegram?.takesAnswers) return
  const outcome = await telegram.registerCallback(AbortSignal.any([]))
  if (outcome.kind === 'failed') log.warn({ error: outcome.error }, 'telegram does not call back')
}

/** Tells the person at the terminal where to go, and the first time, how to get in. */
export function announce({ url, firstAdmin: admin }: RunningApi): void {
  const lines = [
    `Countersign listens on ${url}`,
    ...(admin ? [`The first admin is ${admin.email} with the password ${admin.password}`] : []),
    ...(admin
      ? ['It is shown this once. Change it, or set ADMIN_PASSWORD before the first start.']
      : []),
  ]
  process.stdout.write(`\n  ${lines.join('\n  ')}\n\n`)
}
