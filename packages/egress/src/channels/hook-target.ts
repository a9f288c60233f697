import { createHash } from 'node:crypto'
import { type Target, targetOf } from '../guard/target.ts'

/**
 * Names a chat that is reached by a secret address. Two of them on one host are told apart, and
 * neither's address can be read from its name.
 */
export function hookTarget(url: string): Target {
  const digest = createHash('sha256').update(url).digest('hex').slice(0, 12)
  return targetOf('chat', url, digest)
}
