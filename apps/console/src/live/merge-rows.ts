/** Rows as they are shown: where they were, as they are by now. */
export interface MergedRows<Row> {
  rows: { row: Row; isGone: boolean }[]
  /** How many rows there are that are not shown yet. */
  newCount: number
}

/**
 * Brings shown rows up to date without moving any: each stays in its place with what is known of it
 * by now; one that is no longer in the list says so; new ones wait until they are asked for.
 */
export function mergeRows<Row extends { id: string }>(
  shown: readonly Row[],
  fresh: readonly Row[],
): MergedRows<Row> {
  const byId = new Map(fresh.map((row) => [row.id, row]))
  const known = new Set(shown.map(({ id }) => id))
  const first = fresh.findIndex(({ id }) => known.has(id))
  const news = first < 0 ? fresh : fresh.slice(0, first)
  return {
    rows: shown.map((row) => ({ row: byId.get(row.id) ?? row, isGone: !byId.has(row.id) })),
    newCount: news.filter(({ id }) => !known.has(id)).length,
  }
}
