import type { Id } from '../ids.ts'
import type {
  Delivery,
  DeliveryStatus,
  DeliveryTry,
  SigningSecret,
  Webhook,
  WebhookEvents,
} from './webhook.ts'

export interface WebhookRepository {
  find(id: Id): Promise<Webhook | undefined>
  /** Reads a webhook and keeps every other change of it waiting until the transaction ends. */
  lock(id: Id): Promise<Webhook | undefined>
  insert(
    webhook: Pick<Webhook, 'id' | 'url' | 'events' | 'secrets' | 'createdBy'>,
  ): Promise<Webhook>
  /** Writes changes. A reason to be disabled disables it from now on; `null` enables it. */
  update(
    id: Id,
    changes: {
      url?: string | undefined
      events?: WebhookEvents | undefined
      secrets?: readonly SigningSecret[]
      disabledReason?: string | null
    },
  ): Promise<Webhook | undefined>
  /** Notes whether a try got through. Writes only where that is news. */
  noteTry(id: Id, gotThrough: boolean): Promise<void>
  /** Removes one with its deliveries; says whether it was there. */
  delete(id: Id): Promise<boolean>
}

/** Names one try of a delivery, so that it is in one worker's hands. */
export interface DueDelivery {
  deliveryId: Id
  /** How often it was tried before. */
  attempt: number
}

export interface DeliveryRepository {
  find(id: Id): Promise<Delivery | undefined>
  /** Opens a delivery, due at once. */
  insert(
    delivery: Pick<
      Delivery,
      'id' | 'webhookId' | 'eventId' | 'eventType' | 'payload' | 'redeliveryOf'
    >,
  ): Promise<Delivery>
  listDue(limit: number): Promise<DueDelivery[]>
  /** Takes a due try for a while; `undefined` if it is somebody's, not due, or was made already. */
  claim(
    due: DueDelivery,
    leaseMs: number,
  ): Promise<{ delivery: Delivery & { leaseId: Id }; webhook: Webhook } | undefined>
  /** Writes what came of a try, unless its holder lost it. `dueInMs`: when it is tried again. */
  settle(
    held: { id: Id; leaseId: Id },
    attempt: DeliveryTry,
    next: { status: DeliveryStatus; dueInMs?: number | undefined },
  ): Promise<void>
  /** Calls off what is still on its way to a webhook. */
  cancelPending(webhookId: Id): Promise<void>
  /** Forgets deliveries that ended long ago. */
  deleteBefore(days: number): Promise<number>
}
