import { useCallback, useSyncExternalStore } from 'react'

/** Where nothing stands beside anything else: a phone, a sliver of a window, a page at four times its size. */
const narrow = matchMedia('(max-width: 44rem)')
/** Narrow, and worked with a finger: whoever made a page larger to read it is at a desk. */
const phone = matchMedia('(max-width: 44rem) and (pointer: coarse)')

/** Whether there is no room for two things side by side. */
export function useIsNarrow(): boolean {
  return useMedia(narrow)
}

/** Whether it is a phone. */
export function useIsPhone(): boolean {
  return useMedia(phone)
}

function useMedia(media: MediaQueryList): boolean {
  const listen = useCallback(
    (onChange: () => void) => {
      media.addEventListener('change', onChange)
      return () => media.removeEventListener('change', onChange)
    },
    [media],
  )
  return useSyncExternalStore(listen, () => media.matches)
}
