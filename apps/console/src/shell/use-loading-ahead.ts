import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { queryClient } from '../session/query-client.ts'

const quietMs = 3_000

/**
 * Fetches the code of every page once the one that was asked for has what it needs, so that the next
 * opens at once, and opens even while the service is away.
 */
export function useLoadingAhead(): void {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      if (queryClient.isFetching() > 0) return
      clearInterval(timer)
      // What cannot be fetched ahead is fetched when it is needed.
      const fetching = Object.values(router.routesById).map((route) => router.loadRouteChunk(route))
      void Promise.allSettled(fetching)
    }, quietMs)
    return () => clearInterval(timer)
  }, [router])
}
