import { z } from 'zod'

/** An RFC 9457 problem. `code` is the word for machines; `detail` is a sentence a person can act on. */
export const Problem = z
  .looseObject({
    type: z.string().meta({ examples: ['/problems/name_taken'] }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    request_id: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    current_status: z.string().optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>

/** What decides how a request can be refused before it has come to what its route is for. */
export interface RouteKind {
  /** Whether anybody may call it, without a token. */
  isOpen: boolean
  /** Whether a token alone does not do: it is for people, or for admins. */
  isReserved: boolean
  /** Whether it changes something: it may have a body, and a browser has to prove that it means it. */
  changes: boolean
  /** Whether its path names something that may not be there. */
  namesThing: boolean
  /** Whether it may be repeated under an `Idempotency-Key`. */
  isRepeatable: boolean
  /** Whether it is done only to what was seen, if `If-Match` says what that was. */
  isConditional: boolean
  /** Whether it is the gate: what goes wrong in it is a refusal of its own. */
  isGate: boolean
}

/** Each status with the routes that may answer with it whatever they are for. */
const rules: readonly [status: RefusalStatus, holdsFor: (kind: RouteKind) => boolean][] = [
  [400, ({ changes }) => changes],
  [401, ({ isOpen }) => !isOpen],
  [403, ({ isOpen, isReserved, changes }) => !isOpen && (isReserved || changes)],
  [404, ({ namesThing }) => namesThing],
  [409, ({ isRepeatable }) => isRepeatable],
  [412, ({ isConditional }) => isConditional],
  [413, ({ changes }) => changes],
  [422, () => true],
  [429, ({ isOpen }) => !isOpen],
  [500, ({ isGate }) => isGate],
  [503, ({ isOpen, isGate }) => !isOpen && !isGate],
]

/** The refusals that every route of a kind may answer with, so that none has to name them. */
export function refusalsOf(kind: RouteKind): RefusalStatus[] {
  return rules.flatMap(([status, holdsFor]) => (holdsFor(kind) ? [status] : []))
}

/** What each status of a refusal means, to whoever has not read its `code` yet. */
export const refusalTexts = {
  400: 'The request cannot be read, or can never be granted.',
  401: 'No token came with it, or none that counts.',
  403: 'Whoever asks may not do this.',
  404: 'There is no such thing, or it is not yours to see.',
  409: 'Something else stands in its way for now.',
  410: 'The bytes were removed.',
  412: 'It changed since you read it.',
  413: 'The request is larger than the limit.',
  422: 'The request does not fit its schema, or what it is about.',
  429: 'There were too many requests for now.',
  500: 'The gate failed, and nothing was run.',
  503: 'The service cannot answer right now.',
} as const
export type RefusalStatus = keyof typeof refusalTexts
