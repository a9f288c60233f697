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

/**
 * Logs JSON lines. Messages are constant; whatever varies goes in fields, so that both can be searched.
 *
 * Keys, tokens, bundle contents and prompts are never logged; the redaction is a second line of defence.
 */
export function createLogger(
  service: string,
  level: string,
  destination?: DestinationStream,
): Logger {
  const options = {
    level,
    base: { service },
    redact: { paths: secrets, censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return destination ? pino(options, destination) : pino(options)
}
