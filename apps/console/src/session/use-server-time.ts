import { useEffect, useState } from 'react'
import { serverNow } from './server-clock.ts'

/** The service's time, again every second while `isTicking`. */
export function useServerTime(isTicking = true): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    if (!isTicking) return
    const timer = setInterval(() => setNow(serverNow()), 1000)
    return () => clearInterval(timer)
  }, [isTicking])
  return now
}
