import type { OpsView } from '@countersign/sdk'
import { Age } from '../../components/age.tsx'
import { Message } from '../../components/page-state.tsx'
import { type Column, Table } from '../../components/table.tsx'

type Worker = OpsView['workers'][number]

const columns: Column<Worker>[] = [
  { key: 'host', title: 'Host', cell: ({ host }) => <span className="mono">{host}</span> },
  { key: 'pid', title: 'Process', isNumber: true, cell: ({ pid }) => pid },
  {
    key: 'busy',
    title: 'Reviews in flight',
    isNumber: true,
    cell: ({ active, concurrency }) => `${active} of ${concurrency}`,
  },
  {
    key: 'up',
    title: 'Running for',
    isNumber: true,
    cell: ({ started_at: at }) => <Age at={at} />,
  },
  { key: 'seen', title: 'Last seen', isNumber: true, cell: ({ seen_at: at }) => <Age at={at} /> },
]

/** The processes that review. None is a fault: nothing would be reviewed. */
export function WorkersCard({ workers }: { workers: readonly Worker[] }) {
  return (
    <section className="panel">
      <h2 className="panel-head">Workers</h2>
      {workers.length === 0 ? (
        <Message title="No worker is running">
          <p>Start one with npm run start:worker. What waits is picked up by itself.</p>
        </Message>
      ) : (
        <Table caption="Workers" columns={columns} rows={workers} rowKey={({ id }) => id} />
      )}
    </section>
  )
}
