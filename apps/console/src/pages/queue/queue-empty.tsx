import type { SubmissionView } from '@countersign/sdk'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Inbox, SearchX } from 'lucide-react'
import { Age } from '../../components/age.tsx'
import { InertBlock } from '../../components/inert-text.tsx'
import { Message } from '../../components/page-state.tsx'
import { opsQuery } from '../../shell/strip.tsx'
import { formatSpan } from '../../wording/numbers.ts'
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
        <Link
          to="/queue"
          search={view ? { view } : {}}
          activeOptions={{ exact: true }}
          className="button"
        >
          Clear the filter
        </Link>
      </Message>
    )
  }
  const isFirstRun = counts && Object.keys(counts).length === 0
  if (!isFirstRun) {
    return (
      <Message title={viewOf(view).empty}>
        <Lately />
      </Message>
    )
  }
  return (
    <Message icon={Inbox} title="Nobody has submitted anything yet">
      <p>Make a token under your account, and send the first bundle from a terminal:</p>
      <InertBlock label="How to submit" text={firstLines(location.origin)} />
    </Message>
  )
}

/** Whether it is quiet because all is done, or because nothing moves. */
function Lately() {
  const { data } = useQuery(opsQuery)
  const { last_at: lastAt, median_ms: medianMs } = data?.verdicts ?? {}
  if (!lastAt) return null
  return (
    <p>
      Last decision <Age at={lastAt} /> ago
      {typeof medianMs === 'number' && `; the median of 24 h is ${formatSpan(medianMs)}`}.
    </p>
  )
}

/** The same, by the command and by hand. */
function firstLines(origin: string): string {
  return [
    `export COUNTERSIGN_URL=${origin} COUNTERSIGN_TOKEN=…`,
    'countersign submit ./my-skill --wait',
    '',
    '# or without the command, from a ZIP',
    'curl -H "authorization: Bearer $COUNTERSIGN_TOKEN" \\',
    '  -F type=skill -F description="What it is for" -F file=@my-skill.zip \\',
    '  $COUNTERSIGN_URL/api/store/entities',
  ].join('\n')
}
