import { useSyncExternalStore } from 'react'

/** Where nothing stands beside anything else: a phone, a sliver of a window, a page at four times its size. */
const narrow = matchMedia('(max-width: 44rem)')

function listen(onChange: () => void): () => void {
  narrow.addEventListener('change', onChange)
  return () => narrow.removeEventListener('change', onChange)
}

/** Whether there is no room for two things side by side. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(listen, () => narrow.matches)
}
