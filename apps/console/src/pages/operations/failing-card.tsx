import type { FailingReviewView } from '@countersign/sdk'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RotateCw } from 'lucide-react'
import { InertText } from '../../components/inert-text.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { type Column, Table } from '../../components/table.tsx'
import { etag } from '../../decide/decisions.ts'
import { Button } from '../../kit/button.tsx'
import { toast } from '../../kit/toasts.tsx'
import { countersign } from '../../session/client.ts'
import { opsQuery } from '../../shell/strip.tsx'
import { formatSpan } from '../../wording/numbers.ts'
import { failingQuery } from './operations-queries.ts'

const columns: Column<FailingReviewView>[] = [
  {
    key: 'submission',
    title: 'Submission',
    cell: ({ submission_id: id, name, version_no: n }) => (
      <>
        <Link to="/submissions/$id" params={{ id }}>
          <InertText text={name} />
        </Link>{' '}
        <span className="quiet num">v{n}</span>
      </>
    ),
  },
  { key: 'failures', title: 'Failed tries', isNumber: true, cell: ({ failures }) => failures },
  {
    key: 'error',
    title: 'Last error',
    cell: ({ last_error: error }) => <InertText text={error} />,
  },
  { key: 'next', title: 'Next try', cell: describeNext },
  { key: 'retry', title: 'Again', cell: (review) => <Retry review={review} /> },
]

function describeNext({ active, next_at: next }: FailingReviewView): string {
  if (active) return 'in flight'
  if (next === null) return 'when an admin retries it'
  const leftMs = Date.parse(next) - Date.now()
  return leftMs > 0 ? `in ${formatSpan(leftMs)}` : 'now'
}

/** Has it begin anew, as it is seen here. */
function Retry({ review }: { review: FailingReviewView }) {
  const { submission_id: id, name, version_no: n } = review
  const client = useQueryClient()
  const retrying = useMutation({
    mutationFn: () => countersign.admin.retry(id, etag(review)),
    onSuccess: () => toast(`${name} v${n} is in review again.`),
    onError: (error) => toast(error.message, { tone: 'red' }),
    onSettled: () =>
      Promise.all(
        [failingQuery, opsQuery].map(({ queryKey }) => client.invalidateQueries({ queryKey })),
      ),
  })
  return (
    <Button size="s" icon={RotateCw} busy={retrying.isPending} onClick={() => retrying.mutate()}>
      Retry
      <span className="unseen">
        {name} v{n}
      </span>
    </Button>
  )
}

/** The reviews that did not come to a verdict: why, and when they are tried again. */
export function FailingCard() {
  const query = useQuery(failingQuery)
  return (
    <section className="panel">
      <h2 className="panel-head">Reviews that failed, or are tried again</h2>
      <Loaded query={query} rows={2}>
        {({ items, next_cursor: next }) => (
          <>
            {items.length === 0 ? (
              <p className="panel-body quiet">No review has failed.</p>
            ) : (
              <Table
                caption="Reviews that failed"
                columns={columns}
                rows={items}
                rowKey={({ submission_id: id }) => id}
              />
            )}
            {next && (
              <p className="panel-body small">
                These are the newest.{' '}
                <Link to="/queue" search={{ view: 'errors' }}>
                  All that failed
                </Link>
              </p>
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}
