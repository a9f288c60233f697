import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Loaded } from '../../components/loaded.tsx'
import { Note } from '../../components/note.tsx'
import { Button } from '../../kit/button.tsx'
import { useNews } from '../../live/use-live.ts'
import { useMe } from '../../session/session.ts'
import { useTitle } from '../../shell/page.tsx'
import { describeState } from '../../wording/describe-state.ts'
import { DecisionBar } from './decide/decision-bar.tsx'
import { SubmissionHeader } from './submission-header.tsx'
import { type Opened, submissionQuery } from './submission-queries.ts'
import { useSeen } from './use-seen.ts'
import { Workspace } from './workspace.tsx'

const route = getRouteApi('/shell/submissions/$id')

/** One submission, with all that a decision needs, and the decision. */
export function SubmissionPage() {
  const { id } = route.useParams()
  const { isAdmin } = useMe()
  const client = useQueryClient()
  const query = useQuery(submissionQuery(id, isAdmin))
  const reload = () => void client.invalidateQueries({ queryKey: ['submission', id] })
  useNews(({ data }) => data.submission_id === id, reload)
  return (
    <Loaded query={query} isPage rows={16}>
      {(opened) => <Shown key={id} fresh={opened} reload={reload} />}
    </Loaded>
  )
}

function Shown({ fresh, reload }: { fresh: Opened; reload: () => void }) {
  const { seen, isStale, accept } = useSeen(fresh)
  const [isDeciding, setDeciding] = useState(false)
  const { submission } = seen
  useTitle(`${submission.name} v${submission.version_no}`)
  // What one has just done oneself is no surprise.
  useEffect(() => {
    if (isDeciding && isStale) {
      accept()
      setDeciding(false)
    }
  }, [isDeciding, isStale, accept])
  return (
    <div className="submission">
      <SubmissionHeader opened={seen} />
      {isStale && !isDeciding && <StaleNote fresh={fresh} onReload={accept} />}
      <Workspace opened={seen} />
      <DecisionBar
        opened={seen}
        isStale={isStale}
        onDecided={() => {
          setDeciding(true)
          reload()
        }}
        onRefused={reload}
      />
    </div>
  )
}

function StaleNote({ fresh, onReload }: { fresh: Opened; onReload: () => void }) {
  const { what } = describeState(fresh.submission)
  return (
    <Note
      tone="amber"
      isNews
      title="This submission changed while you were looking at it."
      action={
        <Button look="primary" onClick={onReload}>
          Reload
        </Button>
      }
    >
      {what} Nothing can be decided here before you have seen it as it is.
    </Note>
  )
}
