import { CountersignError, Unreachable } from '@countersign/sdk'
import { QueryClient } from '@tanstack/react-query'

/** What was read, kept as long as it is fresh. The stream of events says when it no longer is. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Whether the service can be reached is found out by asking it, not by what the device thinks.
      networkMode: 'always',
      staleTime: 20_000,
      // A page hears the stream only while it is shown: what it missed, it reads when it is shown again.
      refetchOnMount: 'always',
      retry: (failures, error) => error instanceof Unreachable && failures < 2,
      retryDelay: (failures) => 400 * 2 ** failures,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

/** Whether a failure is the service's word, and this one. */
export function isProblem(error: unknown, code: string): error is CountersignError {
  return error instanceof CountersignError && error.code === code
}

/** Whether nobody is logged in, or no longer. */
export function isLoggedOut(error: unknown): boolean {
  return error instanceof CountersignError && error.status === 401
}
