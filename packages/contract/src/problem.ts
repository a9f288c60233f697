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
