import { vi } from 'vitest'

/**
 * Does it again and again until it does not throw any more; gives what it gave then. The limit is what
 * the service promises at its slowest: a verdict comes within a minute, whoever dies.
 */
export function until<T>(work: () => T | Promise<T>, timeoutMs = 60_000): Promise<T> {
  return vi.waitFor(work, { timeout: timeoutMs, interval: 50 })
}
