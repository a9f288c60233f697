import { useQuery } from '@tanstack/react-query'
import { peopleQuery } from '../../../session/people.ts'
import { useMe } from '../../../session/session.ts'
import type { Opened } from '../submission-queries.ts'

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
