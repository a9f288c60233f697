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
  // Whoever finds us listening can log in, and a password is shown whatever fails after it was made up.
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = config
  const firstAdmin = await ensureAdmin(services, { email, password })
  if (firstAdmin) introduce(firstAdmin)
  const url = await server.listen({ port: config.PORT, host: config.HOST })
  const confirmations = await listenForConfirmations(services)
  void hearClicks(services)
  if (!config.GUARDRAILS_ENABLED) {
    log.warn('GUARDRAILS_ENABLED is false: bundles that pass the checks are approved unread')
  }

  return {
    url,
    confirmationUrl: confirmations?.url,
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

/** Tells the person at the terminal where to go. */
export function announce({ url }: Pick<RunningApi, 'url'>): void {
  print(`Countersign listens on ${url}`)
}

/** Tells them how to get in, which nobody can once more. */
function introduce({ email, password }: { email: string; password: string }): void {
  print(
    `The first admin is ${email} with the password ${password}`,
    'It is shown this once. Change it, or set ADMIN_PASSWORD before the first start.',
  )
}

function print(...lines: string[]): void {
  process.stdout.write(`\n  ${lines.join('\n  ')}\n\n`)
}
