import type { EventView } from '@countersign/sdk'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { type LineState, lineState, onEvent } from './live-events.ts'

/** How the line to the service is. */
export function useLineState(): LineState {
  return useSyncExternalStore(lineState.watch, lineState.read)
}

/** Hears events as long as the component is shown. */
export function useEvents(listener: (event: EventView) => void): void {
  const hear = useEffectEvent(listener)
  useEffect(() => onEvent((event) => hear(event)), [])
}

/** Does something when anything happens that concerns it, at most once in a while. */
export function useNews(concerns: (event: EventView) => boolean, react: () => void): void {
  const act = useEffectEvent(react)
  const isNews = useEffectEvent(concerns)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = onEvent((event) => {
      if (timer || !isNews(event)) return
      timer = setTimeout(() => {
        timer = undefined
        act()
      }, newsEveryMs)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [])
}

/** A flood of events is one piece of news. */
const newsEveryMs = 400
