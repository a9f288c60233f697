import { openStatuses } from '@countersign/core/submissions/submission'
import { type SQLWrapper, sql } from 'drizzle-orm'

const open = sql.raw(`('${openStatuses.join("', '")}')`)

/** In letters, as indexes have it: the plan of a statement whose values come later finds none by it. */
export const isOpen = sql`status in ${open}`

/** When a submission that gets a status is decided: now, unless it is open with it. */
export function decidedWith(status: SQLWrapper | string) {
  return sql`case when ${status}::text in ${open} then null else now() end`
}
