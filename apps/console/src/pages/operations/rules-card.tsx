import type { OpsView } from '@countersign/sdk'
import { Link } from '@tanstack/react-router'
import { type Column, Table } from '../../components/table.tsx'
import { formatCount } from '../../wording/numbers.ts'

type Rule = OpsView['rules'][number]

const columns: Column<Rule>[] = [
  { key: 'rule', title: 'Rule', cell: ({ rule_id: rule }) => <code>{rule}</code> },
  { key: 'blocked', title: 'Stopped', isNumber: true, cell: (it) => <Stopped rule={it} /> },
  {
    key: 'overruled',
    title: 'Overruled by an admin',
    isNumber: true,
    cell: (it) => formatCount(it.overruled),
  },
  { key: 'precision', title: 'Was right', isNumber: true, cell: (it) => formatShare(it.precision) },
  {
    key: 'suppressed',
    title: 'Suppressed',
    isNumber: true,
    cell: (it) => formatCount(it.suppressed),
  },
]

/** Leads to the submissions that it found something in. */
function Stopped({ rule: { rule_id: rule, blocked } }: { rule: Rule }) {
  return (
    <Link to="/queue" search={{ view: 'all', rule }}>
      {formatCount(blocked)}
    </Link>
  )
}

/** How often people found a rule wrong. One that is wrong often costs everybody time. */
export function RulesCard({ rules }: { rules: readonly Rule[] }) {
  const used = rules.filter(({ blocked, suppressed }) => blocked + suppressed > 0)
  const worstFirst = used.toSorted((a, b) => (a.precision ?? 1) - (b.precision ?? 1))
  return (
    <section className="panel">
      <h2 className="panel-head">Rules</h2>
      {used.length === 0 ? (
        <p className="panel-body quiet">No rule has stopped a bundle yet.</p>
      ) : (
        <Table
          caption="Rules"
          columns={columns}
          rows={worstFirst}
          rowKey={({ rule_id: rule }) => rule}
        />
      )}
    </section>
  )
}

function formatShare(share: number | null): string {
  return share === null ? '–' : `${Math.floor(share * 100)} %`
}
