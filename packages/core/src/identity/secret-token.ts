import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** A new bearer token. It has 256 random bits, so a fast hash of it is safe to store. */
export function createSecretToken(): string {
  return `cs_${randomBytes(32).toString('base64url')}`
}

/** What is stored of a token, and looked up. */
export function hashSecretToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest()
}

/** The CSRF token of a session: derived from its secret, so that it needs no storage of its own. */
export function csrfTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('csrf').digest('base64url')
}

/** Compares two secrets without telling by the clock where they differ. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(hashSecretToken(a), hashSecretToken(b))
}
