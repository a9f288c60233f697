import type { Config } from './config.ts'

/** What a failure of the system or of PostgreSQL tells of itself. */
interface Failure extends Error {
  code?: unknown
  syscall?: unknown
  address?: unknown
  port?: unknown
  path?: unknown
}

const unanswered = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
  ...['CONNECT_TIMEOUT', '57P03'],
])
const unwritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'ENOSPC', 'EDQUOT'])

/**
 * Says why a start failed where an operator can do something about it: one line, which names the key
 * and holds no secret. `undefined` for what only its stack explains.
 */
export function explainFailure(error: unknown, config: Config): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const failure: Failure = error
  return (
    explainListening(failure, config) ?? explainFile(failure) ?? explainDatabase(failure, config)
  )
}

function explainListening({ code, syscall, address, port }: Failure, config: Config) {
  if (syscall !== 'listen') return undefined
  const keys = ['PORT', 'METRICS_PORT', 'CONFIRMATION_PORT'] as const
  const key = keys.find((key) => config[key] === port) ?? 'PORT'
  const place = `${address}:${port}`
  if (code === 'EADDRINUSE') {
    return `${key}: another program listens on ${place}. Stop it, or set another port.`
  }
  return `${key}: this process cannot listen on ${place} (${code}).`
}

function explainFile({ code, path }: Failure): string | undefined {
  if (typeof path !== 'string' || !unwritable.has(String(code))) return undefined
  return `DATA_DIR: ${path} cannot be written to (${code}). Make room or give this user the right to, or set another folder.`
}

function explainDatabase({ code }: Failure, { DATABASE_URL: text }: Config): string | undefined {
  if (!text) return undefined
  const { host, username, pathname } = new URL(text)
  const [user, database] = [username, pathname.slice(1)].map(decodeURIComponent)
  if (unanswered.has(String(code))) {
    return `DATABASE_URL: no PostgreSQL answers at ${host} (${code}). Is it up, and is the address right?`
  }
  const reasons: Readonly<Record<string, string>> = {
    '28P01': `PostgreSQL at ${host} refuses the password of "${user}".`,
    '28000': `PostgreSQL at ${host} does not let "${user}" in.`,
    '3D000': `there is no database "${database}" at ${host}. Create it: createdb ${database}.`,
    '42501': `"${user}" may not make tables in "${database}". Make it the owner of that database.`,
    '53300': `PostgreSQL at ${host} has no connection left. Raise its max_connections, or lower DATABASE_POOL_MAX.`,
  }
  const reason = reasons[String(code)]
  return reason && `DATABASE_URL: ${reason}`
}
