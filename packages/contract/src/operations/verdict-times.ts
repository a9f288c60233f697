import type { VerdictTimes } from '@countersign/core/reads'
import { z } from 'zod'
import { Moment, viewMoment } from '../page.ts'

/** How soon submissions had their verdict. The times are of the last 24 hours, and null if there are none. */
export const VerdictTimesView = z
  .object({
    last_at: Moment.nullable().describe('When anybody, the model included, last decided.'),
    median_ms: z.int().nullable(),
    p90_ms: z.int().nullable(),
  })
  .meta({ id: 'VerdictTimes' })
export type VerdictTimesView = z.infer<typeof VerdictTimesView>

export function viewVerdictTimes({ lastAt, medianMs, p90Ms }: VerdictTimes): VerdictTimesView {
  return { last_at: viewMoment(lastAt), median_ms: medianMs, p90_ms: p90Ms }
}
