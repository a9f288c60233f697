import type { Page, PageRequest } from '@countersign/core/reads'
import { lt, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** The condition that starts a page of newest-first ids behind its cursor. */
export function behind(column: PgColumn, { cursor }: PageRequest): SQL | undefined {
  return cursor === undefined ? undefined : lt(column, cursor)
}

/** Cuts a page out of rows of which one more was asked for than fit. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  { limit }: PageRequest,
  keyOf: (row: Row) => string,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextKey = rows.length > limit && last !== undefined ? keyOf(last) : null
  return { items: shown.map(itemOf), nextKey }
}

/** A pattern for ILIKE that matches a text anywhere, whatever signs stand in it. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}
