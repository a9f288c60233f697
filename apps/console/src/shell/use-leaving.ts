import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { isLoggedOut, queryClient } from '../session/query-client.ts'

/** Leads whoever is logged out meanwhile to the login, and from there back to where they were. */
export function useLeaving(): void {
  const router = useRouter()
  useEffect(
    () =>
      queryClient.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.action.type !== 'error') return
        if (!isLoggedOut(event.action.error)) return
        const next = router.state.location.href
        void router.navigate({ to: '/login', search: { next } })
      }),
    [router],
  )
}
