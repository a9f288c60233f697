import { type Client, createClient } from '@countersign/sdk'
import { findText, type Invocation, type Terminal, UsageError } from './command.ts'
import { loadLogin } from './saved-login.ts'

export const defaultUrl = 'http://127.0.0.1:8080'

/** The service to talk to: by option, by environment, or as the last login left it. */
export async function connect(
  invocation: Invocation,
  terminal: Terminal,
): Promise<Client & { baseUrl: string }> {
  const saved = await loadLogin(terminal)
  const given = findUrl(invocation, terminal)
  const baseUrl = given ?? saved?.url ?? defaultUrl
  const token =
    findText(invocation, 'token') ||
    terminal.env.COUNTERSIGN_TOKEN ||
    // A token is only ever sent to where it was made.
    (saved && (!given || sameOrigin(given, saved.url)) ? saved.token : undefined)
  if (!token) throw new UsageError('Log in first (countersign login), or set COUNTERSIGN_TOKEN.')
  return { ...createClient({ baseUrl, token }), baseUrl }
}

/** Where the service is, for callers who bring tokens of their own. */
export async function locateService(invocation: Invocation, terminal: Terminal): Promise<string> {
  const given = findUrl(invocation, terminal)
  return given ?? (await loadLogin(terminal))?.url ?? defaultUrl
}

/** The address that was given, if one was. What is no address is refused before anything is sent. */
export function findUrl(invocation: Invocation, { env }: Terminal): string | undefined {
  const given = findText(invocation, 'url') ?? env.COUNTERSIGN_URL
  if (given === undefined || (/^https?:/i.test(given) && URL.canParse(given))) return given
  throw new UsageError(`"${given}" is not the URL of a service.`)
}

function sameOrigin(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin
}
