import type { SubmissionView } from '@countersign/sdk'
import { Link } from '@tanstack/react-router'
import { Inbox, SearchX } from 'lucide-react'
import { InertBlock } from '../../components/inert-text.tsx'
import { Message } from '../../components/page-state.tsx'
import type { QueueSearch } from './queue-search.ts'
import { viewOf } from './views.ts'

type Counts = Partial<Record<SubmissionView['status'], number>>

/** A view without rows: nothing to do, nothing that fits the filter, or nothing at all yet. */
export function QueueEmpty({
  search,
  counts,
}: {
  search: QueueSearch
  counts: Counts | undefined
}) {
  const { view, after, ...filter } = search
  if (Object.keys(filter).length > 0) {
    return (
      <Message icon={SearchX} title="Nothing fits this filter">
        <Link to="/queue" search={view ? { view } : {}} className="button">
          Clear the filter
        </Link>
      </Message>
    )
  }
  const isFirstRun = counts && Object.keys(counts).length === 0
  if (!isFirstRun) return <Message title={viewOf(view).empty} />
  return (
    <Message icon={Inbox} title="Nobody has submitted anything yet">
      <p>Make a token under your account, and send the first bundle from a terminal:</p>
      <InertBlock
        label="How to submit"
        text={`export COUNTERSIGN_URL=${location.origin} COUNTERSIGN_TOKEN=…\ncountersign submit ./my-skill --wait`}
      />
    </Message>
  )
}
