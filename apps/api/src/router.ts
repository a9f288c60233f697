import { RefusalView } from '@countersign/contract/approvals/confirmation'
import { Problem, type RefusalStatus, refusalTexts } from '@countersign/contract/problem'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'

/** The server as routes see it: what they declare is what their handlers get. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression<RawServerDefault>,
  RawReplyDefaultExpression<RawServerDefault>,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** An answer of another kind than JSON, for a route's responses in the OpenAPI document. */
export function media(description: string, ...types: string[]) {
  return { description, content: Object.fromEntries(types.map((type) => [type, anything])) }
}

const anything = { schema: z.any() }

/** The ways in which a route can fail, for its responses in the OpenAPI document. */
export function problems<const Status extends RefusalStatus>(...statuses: Status[]) {
  return refuseBy(statuses, { 'application/problem+json': { schema: Problem } })
}

/** The same where the confirmation daemon speaks. */
export function refusals<const Status extends RefusalStatus>(...statuses: Status[]) {
  return refuseBy(statuses, { 'application/json': { schema: RefusalView } })
}

function refuseBy<Status extends RefusalStatus, Content>(statuses: Status[], content: Content) {
  const refusals = statuses.map(
    (status) => [status, { content, description: refusalTexts[status] as string }] as const,
  )
  return Object.fromEntries(refusals) as Record<Status, (typeof refusals)[number][1]>
}
