import { useState } from 'react'
import { type MergedRows, mergeRows } from './merge-rows.ts'

/**
 * Keeps the rows of a list where they are while it changes under them. `key` says which list it is:
 * another list starts anew. `showNew` takes in what has come.
 */
export function useFrozenRows<Row extends { id: string }>(
  key: string,
  fresh: readonly Row[] | undefined,
): MergedRows<Row> & { showNew: () => void } {
  const [frozen, setFrozen] = useState<{ key: string; rows: readonly Row[] }>()
  if (fresh && frozen?.key !== key) setFrozen({ key, rows: fresh })
  // An empty list has no row under anybody's pointer.
  else if (fresh && frozen && frozen.rows.length === 0 && fresh.length > 0) {
    setFrozen({ key, rows: fresh })
  }
  const shown = frozen?.key === key ? frozen.rows : (fresh ?? [])
  return {
    ...mergeRows(shown, fresh ?? shown),
    showNew: () => fresh && setFrozen({ key, rows: fresh }),
  }
}
