import { useState } from 'react'

export interface Selection {
  ids: ReadonlySet<string>
  /** Selects one or lets go of it; with `order`, also everything up to the one before. */
  toggle: (id: string, order?: readonly string[]) => void
  keep: (ids: Iterable<string>) => void
}

/** What is selected in a list. `key` says which list it is: another one starts with nothing. */
export function useSelection(key: string): Selection {
  const [state, setState] = useState({ key, ids: new Set<string>(), last: '' })
  const ids = state.key === key ? state.ids : new Set<string>()
  return {
    ids,
    toggle: (id, order) => setState({ key, ids: toggled(ids, id, state.last, order), last: id }),
    keep: (kept) => setState({ key, ids: new Set(kept), last: '' }),
  }
}

function toggled(
  ids: ReadonlySet<string>,
  id: string,
  last: string,
  order: readonly string[] | undefined,
): Set<string> {
  const next = new Set(ids)
  const ends = order ? [order.indexOf(last), order.indexOf(id)].toSorted((a, b) => a - b) : []
  const [from = -1, to = -1] = ends
  if (order && from >= 0) for (const one of order.slice(from, to + 1)) next.add(one)
  else if (!next.delete(id)) next.add(id)
  return next
}
