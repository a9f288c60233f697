import { createRoute, redirect } from '@tanstack/react-router'
import { isLoggedOut, queryClient } from '../session/query-client.ts'
import { meQuery } from '../session/session.ts'
import { rootRoute } from './root-route.ts'
import { Shell } from './shell.tsx'

/** What everything but the login lies in: nobody gets here without being somebody. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery)
    } catch (error) {
      if (!isLoggedOut(error)) throw error
      throw redirect({ to: '/login', search: { next: location.href } })
    }
  },
  component: Shell,
})

/** For pages that only admins have: others are told so, with the name of what they lack. */
export function isAdminHere(): boolean {
  return queryClient.getQueryData(meQuery.queryKey)?.role === 'admin'
}
