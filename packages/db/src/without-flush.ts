import { sql } from 'drizzle-orm'

/**
 * A condition that always holds, and has the transaction of its statement end before what it wrote is
 * forced to the disk. What is committed after it, and waits for the disk, is forced together with it.
 *
 * For what may as well not have happened where the database itself crashes within the second.
 */
export const withoutFlush = sql`set_config('synchronous_commit', 'off', true) = 'off'`
