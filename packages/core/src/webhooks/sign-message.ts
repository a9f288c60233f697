import { createHmac } from 'node:crypto'

/**
 * The headers that prove, by Standard Webhooks, who sent a message and when: one signature by each key,
 * over the id, the second and the very bytes of the body.
 */
export function signMessage(
  keys: readonly Uint8Array[],
  { id, body, now }: { id: string; body: string; now: Date },
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const signed = `${id}.${timestamp}.${body}`
  const signatures = keys.map(
    (key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
  )
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}
