import { Id } from '@countersign/core/ids'
import { eventTypes, type PublishedEvent } from '@countersign/core/webhooks/event'
import { z } from 'zod'
import { Moment, viewMoment } from '../page.ts'

/** What streams and webhooks carry. `data` names what it is about: `submission_id`, `entity_id` … */
export const EventView = z
  .object({
    id: Id,
    type: z.enum(eventTypes),
    timestamp: Moment,
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' })
export type EventView = z.infer<typeof EventView>

export function viewEvent({ id, type, at, data }: PublishedEvent): EventView {
  return { id, type, timestamp: viewMoment(at), data: { ...data } }
}
