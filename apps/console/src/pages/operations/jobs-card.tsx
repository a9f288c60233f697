import type { OpsView } from '@countersign/sdk'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type Column, Table } from '../../components/table.tsx'
import { formatCount, formatSpan } from '../../wording/numbers.ts'

type Job = OpsView['jobs'][number]
type Amount = 'waiting' | 'active' | 'delayed' | 'failed'

const pending: LinkProps = { to: '/queue', search: { view: 'pending' } }

/** Each kind of work in words, and where one finds what its numbers count. */
const jobWords: Readonly<
  Record<Job['name'], { title: string; list?: LinkProps; failed?: LinkProps }>
> = {
  'review-submission': {
    title: 'Reviews of bundles',
    list: pending,
    failed: { to: '/queue', search: { view: 'errors' } },
  },
  'review-batch': { title: 'Batches of reviews', list: pending, failed: pending },
  'review-approval': { title: 'Reviews of actions', list: { to: '/approvals' } },
  'deliver-webhook': {
    title: 'Deliveries to webhooks',
    list: { to: '/settings', search: { tab: 'webhooks' } },
    failed: { to: '/settings', search: { tab: 'webhooks' } },
  },
  'tell-people': { title: 'Messages to people' },
}

const columns: Column<Job>[] = [
  { key: 'job', title: 'Work', cell: ({ name }) => jobWords[name].title },
  amount('waiting', 'Waiting'),
  {
    key: 'oldest',
    title: 'Oldest',
    isNumber: true,
    cell: ({ oldest_wait_ms: waited }) => (waited === null ? '–' : formatSpan(waited)),
  },
  amount('active', 'In flight'),
  amount('delayed', 'Later'),
  amount('failed', 'Given up'),
]

function amount(key: Amount, title: string): Column<Job> {
  return { key, title, isNumber: true, cell: (job) => <Count job={job} of={key} /> }
}

/** A number that leads to what it counts, where there is something. */
function Count({ job, of }: { job: Job; of: Amount }) {
  const { list, failed } = jobWords[job.name]
  const target = of === 'failed' ? failed : list
  const count = formatCount(job[of])
  return target && job[of] > 0 ? <Link {...target}>{count}</Link> : count
}

/** What there is to do of each kind of work, as the rows of the database say. */
export function JobsCard({ jobs }: { jobs: readonly Job[] }) {
  return (
    <section className="panel">
      <h2 className="panel-head">Work</h2>
      <Table caption="Work" columns={columns} rows={jobs} rowKey={({ name }) => name} />
    </section>
  )
}
