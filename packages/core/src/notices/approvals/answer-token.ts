import { createHash, randomBytes } from 'node:crypto'

/** A token for a button or a link: 128 random bits, of which we keep no more than a hash. */
export function createAnswerToken(): { token: string; hash: Uint8Array } {
  const token = randomBytes(16).toString('base64url')
  return { token, hash: hashAnswerToken(token) }
}

export function hashAnswerToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest()
}
