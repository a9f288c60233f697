import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../repositories.ts'
import { disableWebhook } from './disable-webhook.ts'
import { retryDelayMs } from './retry-delay-ms.ts'
import { signMessage } from './sign-message.ts'
import { signingKeys } from './signing-secret.ts'
import { type Delivery, type DeliveryTry, testEventType, type Webhook } from './webhook.ts'
import type { SendOutcome } from './webhook-sender.ts'

/** Longer than a try takes. One that died with its worker is made again after it. */
const leaseMs = 60_000

/** A webhook that nothing got through to for this long is told no more. */
const deafMs = 5 * 24 * 3_600_000

interface Try {
  delivery: Delivery & { leaseId: Id }
  webhook: Webhook
  outcome: SendOutcome
  record: DeliveryTry
}

/**
 * Tries once to deliver an event that is due, and settles what comes of it: delivered, tried again
 * later, or given up. Does nothing where another worker has it in hand.
 */
export async function deliverWebhook(
  ports: Pick<Ports, 'store' | 'transact' | 'webhookSender'>,
  request: { deliveryId: Id; attempt: number },
  signal: AbortSignal,
): Promise<void> {
  const claim = await ports.store.deliveries.claim(request, leaseMs)
  if (!claim) return
  const startedAt = new Date()
  const outcome = await send(ports, claim, signal)
  const record = describeTry(outcome, startedAt)
  await ports.transact((store) => settle(store, { ...claim, outcome, record }))
}

function send(
  { webhookSender }: Pick<Ports, 'webhookSender'>,
  { delivery, webhook }: Pick<Try, 'delivery' | 'webhook'>,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const { id, eventId, payload } = delivery
  const now = new Date()
  const body = JSON.stringify(payload)
  const signature = signMessage(signingKeys(webhook.secrets, now), { id: eventId, body, now })
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Countersign-Webhooks/1',
    ...signature,
  }
  return webhookSender.send({ url: webhook.url, headers, body, deliveryId: id }, signal)
}

async function settle(store: Store, { delivery, webhook, outcome, record }: Try): Promise<void> {
  if (outcome.kind === 'blocked') {
    return store.deliveries.settle(delivery, record, { status: 'cancelled' })
  }
  const gotThrough = isWelcome(outcome)
  await store.webhooks.noteTry(webhook.id, gotThrough)
  if (gotThrough) return store.deliveries.settle(delivery, record, { status: 'delivered' })
  const dueInMs = pauseAfter(delivery, outcome)
  const status = dueInMs === undefined ? 'failed' : 'pending'
  await store.deliveries.settle(delivery, record, { status, dueInMs })
  const reason = reasonToDisable(webhook, outcome)
  if (reason) await disableWebhook(store, webhook, reason)
}

function isWelcome(outcome: SendOutcome): boolean {
  return outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300
}

/** How long until the next try; `undefined` if there is none. */
function pauseAfter({ attempts, eventType }: Delivery, outcome: SendOutcome): number | undefined {
  if (eventType === testEventType || isGone(outcome)) return undefined
  const retryAfterMs = outcome.kind === 'answered' ? (outcome.retryAfterMs ?? 0) : 0
  return retryDelayMs(attempts, { retryAfterMs })
}

/** Why to tell a webhook no more after a try that failed, if that is so. */
function reasonToDisable({ failingSince }: Webhook, outcome: SendOutcome): string | undefined {
  if (isGone(outcome)) return 'The receiver answered 410 Gone.'
  const isDeaf = failingSince !== null && Date.now() - failingSince.getTime() > deafMs
  return isDeaf ? 'Nothing got through to it for 5 days.' : undefined
}

function isGone(outcome: SendOutcome): boolean {
  return outcome.kind === 'answered' && outcome.status === 410
}

function describeTry(outcome: SendOutcome, startedAt: Date): DeliveryTry {
  return {
    at: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    responseStatus: outcome.kind === 'answered' ? outcome.status : null,
    error: describeError(outcome),
  }
}

function describeError(outcome: SendOutcome): string | null {
  switch (outcome.kind) {
    case 'unreachable':
      return outcome.error
    case 'blocked':
      return `The write guard kept it: ${outcome.reason}.`
    case 'answered': {
      if (isWelcome(outcome)) return null
      const isRedirect = outcome.status >= 300 && outcome.status < 400
      return isRedirect ? 'Redirects are not followed.' : `The receiver answered ${outcome.status}.`
    }
  }
}
