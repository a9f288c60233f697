import { type Placeholder, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import type { Connection } from './connection.ts'

/** Drizzle without a database: it puts statements into words, and sends none. */
const words = drizzle.mock()
export type Words = typeof words

interface Prepared<Rows> {
  execute(values?: Record<string, unknown>): Promise<Rows>
}

/**
 * A statement that is put into SQL once, when it is first needed, and from then on only given its values:
 * those of its placeholders, by name. For what is asked with every request; drizzle by itself writes
 * the same words anew each time.
 *
 * @example
 * const find = defineStatement((words) =>
 *   words.select().from(entities).where(eq(entities.id, sql.placeholder('id'))))
 * const [entity] = await find(db, { id })
 */
export function defineStatement<Rows>(
  write: (words: Words) => { prepare(name: string): Prepared<Rows> },
): (db: Connection, values?: Record<string, unknown>) => Promise<Rows> {
  let written: Prepared<Rows> | undefined
  return (db, values) => {
    written ??= write(words).prepare('')
    return sendBy(db, written).execute(values)
  }
}

/** The same statement on the line of a connection: a pool's, or that of one transaction. */
function sendBy<Rows>(db: Connection, written: Prepared<Rows>): Prepared<Rows> {
  const { client } = db._.session as unknown as { client: unknown }
  return Object.assign(Object.create(Object.getPrototypeOf(written)), written, { client })
}

/** For each of these columns a placeholder of its own name. A value that is JSON must not be `null`. */
export function given<const Name extends string>(
  ...names: Name[]
): { [N in Name]: Placeholder<N> } {
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as never
}
