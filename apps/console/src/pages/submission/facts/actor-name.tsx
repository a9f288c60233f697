import { queryOptions, useQuery } from '@tanstack/react-query'
import { countersign } from '../../../session/client.ts'
import { useMe } from '../../../session/session.ts'
import type { Opened } from '../submission-queries.ts'

const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: async () => {
    const { items } = await countersign.identity.users({ limit: 200 })
    return new Map(items.map(({ id, email }) => [id, email]))
  },
  staleTime: 60_000,
})

/** Who did something, by the name one knows them by. */
export function ActorName({ id, kind, opened }: { id: string; kind: string; opened: Opened }) {
  const me = useMe()
  const { data: people } = useQuery({ ...peopleQuery, enabled: me.isAdmin })
  const { submitter } = opened.submission
  if (id === me.id) return <strong>You</strong>
  if (kind === 'system') return <strong>Countersign</strong>
  const email = id === submitter.id ? submitter.email : people?.get(id)
  return (
    <strong>
      <bdi>{email ?? (me.isAdmin ? `${kind} ${id.slice(-6)}` : 'An admin')}</bdi>
    </strong>
  )
}
