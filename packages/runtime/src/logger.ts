import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger }

const secrets = [
  'authorization',
  'cookie',
  'password',
  'token',
  'secret',
  'apiKey',
  'access_token',
  'csrf_token',
].flatMap((key) => [key, `*.${key}`, `*.*.${key}`])

export interface LogOptions {
  /** Where lines go, if not to the standard output. */
  destination?: DestinationStream
  /** What every line carries besides, as it is when the line is written. */
  fields?: () => Record<string, string>
}

/**
 * Logs JSON lines. Messages are constant; whatever varies goes in fields, so that both can be searched.
 *
 * Keys, tokens, bundle contents and prompts are never logged; the redaction is a second line of defence.
 */
export function createLogger(
  service: string,
  level: string,
  { destination, fields = () => ({}) }: LogOptions = {},
): Logger {
  const options = {
    level,
    mixin: fields,
    base: { service },
    redact: { paths: secrets, censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return destination ? pino(options, destination) : pino(options)
}
