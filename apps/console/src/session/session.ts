import type { MeView } from '@countersign/sdk'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { countersign, keepCsrfToken } from './client.ts'
import { queryClient } from './query-client.ts'

/** Who looks at the console. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    const me = await countersign.identity.me()
    keepCsrfToken(me.csrf_token)
    return me
  },
  staleTime: Number.POSITIVE_INFINITY,
})

/** Who looks at the console; only inside the pages that nobody sees without logging in. */
export function useMe(): MeView & { isAdmin: boolean } {
  const { data } = useSuspenseQuery(meQuery)
  return { ...data, isAdmin: data.role === 'admin' }
}

export async function logIn(email: string, password: string): Promise<MeView> {
  const { csrf_token: csrfToken } = await countersign.identity.logIn({ email, password })
  keepCsrfToken(csrfToken)
  queryClient.clear()
  return queryClient.fetchQuery(meQuery)
}

/** Ends the session here and on the server, and forgets everything that was read in it. */
export async function logOut(): Promise<void> {
  await countersign.identity.logOut().catch(() => {})
  keepCsrfToken(undefined)
  queryClient.clear()
}
