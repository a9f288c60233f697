import type { OpsView } from '@countersign/sdk'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Loaded } from '../../components/loaded.tsx'
import { useNews } from '../../live/use-live.ts'
import { Page } from '../../shell/page.tsx'
import { opsQuery } from '../../shell/strip.tsx'
import { SuppressionsCard } from '../../suppress/suppressions-card.tsx'
import { FailingCard } from './failing-card.tsx'
import { Figures } from './figures.tsx'
import { JobsCard } from './jobs-card.tsx'
import { failingQuery } from './operations-queries.ts'
import { PauseSwitch, RetryAll } from './ops-actions.tsx'
import { ReviewerCard } from './reviewer-card.tsx'
import { RulesCard } from './rules-card.tsx'
import { StatusCard } from './status-card.tsx'
import { WorkersCard } from './workers-card.tsx'

/** How the service is: what waits, who works, what the model costs; and the two switches there are. */
export function OperationsPage() {
  const query = useQuery(opsQuery)
  const client = useQueryClient()
  const reload = () => {
    void query.refetch()
    void client.invalidateQueries({ queryKey: failingQuery.queryKey })
  }
  useNews(({ type }) => type.startsWith('submission.'), reload)
  return (
    <Page
      title="Operations"
      actions={query.data && <Actions ops={query.data} onChanged={reload} />}
    >
      <Loaded query={query}>
        {(ops) => (
          <div className="stack">
            <Figures ops={ops} />
            <div className="halves">
              <ReviewerCard reviewer={ops.reviewer} />
              <StatusCard />
            </div>
            <JobsCard jobs={ops.jobs} />
            <FailingCard />
            <WorkersCard workers={ops.workers} />
            <RulesCard rules={ops.rules} />
            <SuppressionsCard />
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function Actions({ ops, onChanged }: { ops: OpsView; onChanged: () => void }) {
  return (
    <>
      <RetryAll held={ops.held} onRetried={onChanged} />
      <PauseSwitch isPaused={ops.queue.paused} onChanged={onChanged} />
    </>
  )
}
