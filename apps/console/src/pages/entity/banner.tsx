import type { EntityView, SubmissionView } from '@countersign/sdk'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { InertText } from '../../components/inert-text.tsx'
import { Note } from '../../components/note.tsx'
import { describeState } from '../../wording/describe-state.ts'
import type { Status } from '../../wording/status-words.ts'
import { isInFlight, latestQuery } from './entity-queries.ts'

const failed: readonly Status[] = ['blocked_inline', 'blocked_llm', 'review_error', 'rejected']

/** What its owner has to know before anything else: that it is out of service, or how the last edit went. */
export function Banner({ entity, isAdmin }: { entity: EntityView; isAdmin: boolean }) {
  const { latest_submission: known } = entity
  const { data: latest } = useQuery(latestQuery(known, isAdmin))
  if (entity.visibility_status === 'archived') {
    return (
      <Note tone="gray" title="Archived">
        Nobody is served it, and its name is free.
      </Note>
    )
  }
  return (
    <>
      {entity.visibility_status === 'hidden' && (
        <Note tone="red" title="Out of service">
          A rescan or an admin took it out of service. Nobody is served it.
        </Note>
      )}
      {known && isInFlight(entity) && (
        <Note
          tone="blue"
          title={`Review in flight: version ${known.version_no}`}
          action={<See it={known} />}
        >
          {latest ? describeState(latest).next : coming}
        </Note>
      )}
      {known && failed.includes(known.status) && (
        <FailedEdit
          live={entity.version_no}
          why={latest ? describeState(latest).why : coming}
          action={<See it={known} />}
        />
      )}
    </>
  )
}

/** Stands in its place until its words are there, so that nothing below it moves. */
const coming = '…'

function FailedEdit(props: { live: number | null; why: string; action: ReactNode }) {
  const { live, why, action } = props
  const title = live === null ? 'The first version failed review' : 'Latest edit failed review'
  return (
    <Note tone="red" title={title} action={action}>
      <p>
        <InertText text={why} />
      </p>
      <p>
        {live === null
          ? 'Nothing is served.'
          : `Installers are served the previously approved version (v${live}).`}
      </p>
    </Note>
  )
}

function See({ it }: { it: Pick<SubmissionView, 'id' | 'version_no'> }) {
  return (
    <Link to="/submissions/$id" params={{ id: it.id }} className="button" data-size="s">
      See version {it.version_no}
    </Link>
  )
}
