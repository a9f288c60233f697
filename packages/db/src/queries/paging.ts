import type { Page, PageRequest } from '@countersign/core/reads'
import { lt, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** The condition that starts a page of newest-first ids behind its cursor. */
export function behind(column: PgColumn, { cursor }: PageRequest): SQL | undefined {
  return cursor === undefined ? undefined : lt(column, cursor)
}

/** Cuts a page out of items of which one more was asked for than fit. */
export function toPage<Item>(
  items: readonly Item[],
  { limit }: PageRequest,
  keyOf: (item: Item) => string,
): Page<Item> {
  const shown = items.slice(0, limit)
  const last = shown.at(-1)
  const nextKey = items.length > limit && last !== undefined ? keyOf(last) : null
  return { items: shown, nextKey }
}

/** The key of what has an id of its own. */
export const byId = ({ id }: { id: string }) => id

/** A pattern for ILIKE that matches a text anywhere, whatever signs stand in it. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}
