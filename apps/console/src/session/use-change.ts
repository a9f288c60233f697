import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '../kit/toasts.tsx'

/** A write of the settings: says that it was done, or why not, and reads its list anew. */
export function useChange<Given, Result>(
  listKey: string,
  { run, done }: { run: (given: Given) => Promise<Result>; done?: string },
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSuccess: () => {
      if (done) toast(done)
      return client.invalidateQueries({ queryKey: [listKey] })
    },
    onError: (error) => toast(error.message, { tone: 'red' }),
  })
}
