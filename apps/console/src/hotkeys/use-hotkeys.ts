import { useEffect, useLayoutEffect, useRef } from 'react'
import { addHotkeys, type Hotkey } from './hotkeys.ts'

/** Makes keys do something as long as the component is shown, and lists them in the help sheet. */
export function useHotkeys(title: string, hotkeys: readonly Hotkey[]): void {
  const latest = useRef({ title, hotkeys })
  useLayoutEffect(() => {
    latest.current = { title, hotkeys }
  })
  useEffect(() => addHotkeys(() => latest.current), [])
}
