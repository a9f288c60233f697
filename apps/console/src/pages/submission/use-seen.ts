import { useState } from 'react'
import type { Opened } from './submission-queries.ts'

/**
 * Keeps what the reader has seen while it changes on the server, so that nobody decides on what they
 * have not read. `accept` takes in what is there by now.
 */
export function useSeen(fresh: Opened) {
  const [seen, setSeen] = useState(fresh)
  const isSame = seen.submission.id === fresh.submission.id
  if (!isSame || (seen !== fresh && isNothingNew(seen, fresh))) setSeen(fresh)
  const isStale = isSame && seen.submission.revision !== fresh.submission.revision
  return { seen: isSame ? seen : fresh, isStale, accept: () => setSeen(fresh) }
}

/** The verdict is the same; only what stands around it may be newer. */
function isNothingNew(seen: Opened, fresh: Opened): boolean {
  return seen.submission.revision === fresh.submission.revision
}
