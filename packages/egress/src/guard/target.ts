/** What kind of thing a write goes to. */
export type TargetKind =
  | 'webhook'
  | 'chat'
  | 'email'
  | 'tracker'
  | 'llm'
  | 'object'
  | 'database'
  | 'redis'

/**
 * What a write goes to. Parts of the id stand between `#`: an origin first, where there is one. It
 * holds no path, no credentials and no secret, for it stands in logs and in the audit.
 */
export interface Target {
  kind: TargetKind
  id: string
}

/**
 * The one name in the default allowlist: a tracker's project of that name, and, but for
 * trackers, this very machine.
 */
export const sandboxId = 'sandbox'

/** What the service itself stands on. On this machine it is a part of whatever is being tested. */
const ownParts: ReadonlySet<TargetKind> = new Set(['llm', 'object', 'database', 'redis'])

/** Whether the target is a part of the service under test, and so not the outside at all. */
export function isOwnPart(target: Target): boolean {
  return ownParts.has(target.kind) && isOnThisMachine(target.id)
}

/** Names the target of a URL by its origin: neither its path nor its credentials are anybody's business. */
export function targetOf(kind: TargetKind, url: string, ...parts: string[]): Target {
  const { protocol, hostname, port } = URL.parse(url) ?? { protocol: '', hostname: '', port: '' }
  const origin = protocol ? `${protocol}//${hostname}${port && `:${port}`}` : ''
  return { kind, id: [origin, ...parts].join('#') }
}

/** Whether the id says all of what is written to: no part of it is blank. */
export function isWhole({ id }: Target): boolean {
  return id.split('#').every((part) => part.trim() !== '')
}

/**
 * Whether an entry of the allowlist names a target: its whole id or the last part of it, which is the
 * project, the bucket or the chat. Where there is but an origin: that, its host with or without the
 * port, or `http://host:*` for any port. No entry opens all projects of a tracker.
 */
export function isNamedBy(entry: string, { kind, id }: Target): boolean {
  if (entry === sandboxId && kind !== 'tracker' && isOnThisMachine(id)) return true
  const parts = id.split('#')
  const url = parts.length === 1 ? originOf(id) : undefined
  const names = url ? [url.host, url.hostname, `${url.protocol}//${url.hostname}:*`] : []
  return [id, parts.at(-1), ...names].includes(entry)
}

function isOnThisMachine(id: string): boolean {
  const { hostname } = originOf(id) ?? {}
  return hostname !== undefined && /^(localhost|127(\.\d+){3}|\[::1\]|%2f.*)$/i.test(hostname)
}

function originOf(id: string): URL | undefined {
  const [origin = ''] = id.split('#')
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(origin) ? (URL.parse(origin) ?? undefined) : undefined
}
