import type { ApprovalView } from '@countersign/sdk'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { InertBlock, InertText } from '../../components/inert-text.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { useHotkeys } from '../../hotkeys/use-hotkeys.ts'
import { useNews } from '../../live/use-live.ts'
import { useServerTime } from '../../session/use-server-time.ts'
import { useTitle } from '../../shell/page.tsx'
import { approvalStatusAt, describeApproval } from '../../wording/describe-approval.ts'
import { ApprovalFacts } from './approval-facts.tsx'
import { ApprovalStatusMark, TimeLeft } from './approval-status.tsx'
import { approvalQuery } from './approvals-queries.ts'
import { DecisionBar } from './decision-bar.tsx'
import { ModelReview } from './model-review.tsx'

const route = getRouteApi('/shell/approvals/$id')

/** One request: exactly what is asked, how it stands, and the answer. */
export function ApprovalPage() {
  const { id } = route.useParams()
  const client = useQueryClient()
  const approval = useQuery(approvalQuery(id))
  const navigate = useNavigate()
  useTitle(approval.data?.action ?? 'Approval')
  useNews(
    ({ type, data }) => type.startsWith('approval.') && data.approval_id === id,
    () => void client.invalidateQueries({ queryKey: ['approval', id] }),
  )
  useHotkeys('This request', [
    { keys: 'u', does: 'Back to the list', run: () => void navigate({ to: '/approvals' }) },
  ])
  return (
    <Loaded query={approval} isPage>
      {(data) => <Request approval={data} />}
    </Loaded>
  )
}

function Request({ approval }: { approval: ApprovalView }) {
  const now = useServerTime()
  const { tone, what, why, next } = describeApproval(approval, now)
  const status = approvalStatusAt(approval, now)
  return (
    <div className="approval">
      <nav className="crumbs small" aria-label="Where this is">
        <Link to="/approvals" activeOptions={{ exact: true }}>
          Approvals
        </Link>
      </nav>
      <header className="page-head">
        <h1 className="mono">
          <InertText text={approval.action} />
        </h1>
        <div className="row">
          <ApprovalStatusMark approval={approval} now={now} />
          {(status === 'pending' || status === 'approved') && (
            <span role="timer">
              <TimeLeft approval={approval} now={now} /> left
            </span>
          )}
        </div>
      </header>
      <div className="stack">
        <div className="state" data-tone={tone} aria-live="polite">
          <p>
            <strong>{what}</strong> <InertText text={why} />
          </p>
          <p className="next">{next}</p>
        </div>
        <DecisionBar approval={approval} status={status} />
        <section className="panel">
          <h2 className="panel-head">What exactly is asked</h2>
          <div className="panel-body stack">
            {approval.reason && (
              <p>
                <span className="quiet">Why, in the words of whoever asks: </span>
                <InertText text={approval.reason} />
              </p>
            )}
            <InertBlock label="Context" text={JSON.stringify(approval.context, null, 2)} />
            <p className="small quiet">
              An answer holds for exactly this action with exactly this context, once.
            </p>
          </div>
        </section>
        {approval.review && <ModelReview review={approval.review} />}
        <ApprovalFacts approval={approval} />
      </div>
    </div>
  )
}
