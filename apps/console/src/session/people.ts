import { queryOptions } from '@tanstack/react-query'
import { countersign } from './client.ts'

/** The people that admins know by name, by their ids. */
export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: async () => {
    const { items } = await countersign.identity.users({ limit: 200 })
    return new Map(items.map(({ id, email }) => [id, email]))
  },
  staleTime: 60_000,
})
