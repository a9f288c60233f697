import { randomBytes } from 'node:crypto'
import { ServiceError } from '../errors.ts'
import type { SigningSecret } from './webhook.ts'

const prefix = 'whsec_'
const keyBytes = { made: 32, min: 16, max: 64 }
/** How long the secret before still signs, so that receivers can change theirs at leisure. */
const overlapMs = 24 * 3_600_000

/** A new secret, in the notation of Standard Webhooks. */
export function createSigningSecret(): string {
  return prefix + randomBytes(keyBytes.made).toString('base64')
}

/** Brings a secret that somebody chose into the notation. Refuses one that is too short to be one. */
export function requireSigningSecret(text: string): string {
  const base64 = text.replace(prefix, '')
  const { length } = Buffer.from(base64, 'base64')
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
  if (isBase64 && length >= keyBytes.min && length <= keyBytes.max) return prefix + base64
  throw new ServiceError('validation_failed', {
    detail: 'A secret is `whsec_` and the base64 of 16 to 64 bytes.',
    members: { errors: [{ path: 'secret', message: 'is not a signing secret' }] },
  })
}

/** The secret that somebody chose, or a new one. */
export function chooseSigningSecret(chosen: string | undefined): string {
  return chosen === undefined ? createSigningSecret() : requireSigningSecret(chosen)
}

/** The secrets after a rotation: the new one, and the one before for another day. */
export function rotateSecrets(
  secrets: readonly SigningSecret[],
  secret: string,
  now: Date,
): SigningSecret[] {
  const [current] = secrets
  const expiresAt = new Date(now.getTime() + overlapMs).toISOString()
  return [{ secret, expiresAt: null }, ...(current ? [{ ...current, expiresAt }] : [])]
}

/** The keys that sign at a moment. */
export function signingKeys(secrets: readonly SigningSecret[], now: Date): Buffer[] {
  return secrets
    .filter(({ expiresAt }) => expiresAt === null || new Date(expiresAt) > now)
    .map(({ secret }) => Buffer.from(secret.replace(prefix, ''), 'base64'))
}
