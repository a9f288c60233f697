import type { Config } from './config.ts'
import { ConfigurationError } from './configuration-error.ts'

/** Only a process of its own brings a database of its own: several need one that they share. */
export function requireDatabase(config: Config): Config & { DATABASE_URL: string } {
  const { DATABASE_URL } = config
  if (DATABASE_URL) return { ...config, DATABASE_URL }
  throw new ConfigurationError(
    'DATABASE_URL is needed where the API and the worker run on their own. `npm start` runs both with an embedded one.',
  )
}
