import { join } from 'node:path'
import type { Config } from './config.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import type { Logger } from './logger.ts'

/** The database that is configured; or an embedded one under `DATA_DIR`, which ends with this process. */
export async function provideDatabase(
  config: Config,
  log: Logger,
): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, stop: async () => {} }
  const dir = join(config.DATA_DIR, 'postgres')
  const postgres = await startEmbeddedPostgres({ dir })
  log.info({ dir }, 'embedded database started')
  return { url: postgres.url(), stop: postgres.stop }
}
