import type { Sighting } from '../../evidence/sighting.ts'

/** Where keys, passwords and wallets lie. */
export const keySources = ['key-file', 'browser-store', 'wallet-store', 'agent-secrets']

/** Parts of the names of secrets that do not tell whose they are. */
export const genericWords = new Set([
  'token',
  'secret',
  'key',
  'api',
  'access',
  'password',
  'auth',
  'client',
  'bot',
  'user',
  'app',
  'private',
  'credential',
  'id',
  'my',
  'the',
  'service',
])

/** Uses of key files that are what they are for. */
export function isPublicUse({ excerpt }: Pick<Sighting, 'excerpt'>): boolean {
  return /\.pub\b|ssh-keygen|ssh-add|ssh-copy-id|\bssh\s+-i|\bscp\s+-i|IdentityFile|chmod\s+[67]00|gitignore|mkdir|known_hosts|\.ssh\/config/i.test(
    excerpt,
  )
}
