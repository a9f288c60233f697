import type { EntityView } from '@countersign/sdk'
import { Link } from '@tanstack/react-router'
import { Age } from '../../components/age.tsx'
import { Mark } from '../../components/mark.tsx'
import { StatusBadge } from '../../components/status-badge.tsx'
import { type Column, Table } from '../../components/table.tsx'
import { Tooltip } from '../../kit/tooltip.tsx'
import { formatBytes } from '../../wording/numbers.ts'
import { RestoreButton } from './restore-button.tsx'

type Version = NonNullable<EntityView['versions']>[number]

/** Every version there ever was, newest first; one that had passed can be brought back. */
export function VersionsCard(props: {
  entity: EntityView
  versions: readonly Version[]
  onChanged: () => void
}) {
  const { entity, versions, onChanged } = props
  const columns: Column<Version>[] = [
    {
      key: 'n',
      title: 'Version',
      cell: ({ n, restored_from: from }) => (
        <span className="row">
          <strong>v{n}</strong>
          {n === entity.version_no && <Mark tone="green">Live</Mark>}
          {from !== null && <span className="small quiet">restored from v{from}</span>}
        </span>
      ),
    },
    {
      key: 'status',
      title: 'Status',
      cell: ({ status }) => <StatusBadge status={status} hold_reason={null} />,
    },
    {
      key: 'hash',
      title: 'SHA-256',
      cell: ({ hash }) => (
        <Tooltip text={<code>{hash}</code>}>
          <button type="button" className="link">
            {hash.slice(0, 12)}
          </button>
        </Tooltip>
      ),
    },
    { key: 'size', title: 'Size', isNumber: true, cell: ({ size }) => formatBytes(size) },
    { key: 'age', title: 'Age', isNumber: true, cell: ({ created_at: at }) => <Age at={at} /> },
    {
      key: 'actions',
      title: 'Actions',
      cell: (version) => <Actions entity={entity} version={version} onChanged={onChanged} />,
    },
  ]
  return (
    <section className="panel">
      <h2 className="panel-head">Versions</h2>
      <Table
        caption="Versions, newest first"
        columns={columns}
        rows={versions.toReversed()}
        rowKey={({ n }) => String(n)}
      />
    </section>
  )
}

function Actions(props: { entity: EntityView; version: Version; onChanged: () => void }) {
  const { entity, version, onChanged } = props
  const hasPassed = version.status === 'approved' || version.status === 'overridden'
  const isArchived = entity.visibility_status === 'archived'
  return (
    <span className="row">
      {version.submission_id && (
        <Link to="/submissions/$id" params={{ id: version.submission_id }}>
          Review of v{version.n}
        </Link>
      )}
      {hasPassed && version.n !== entity.version_no && !isArchived && (
        <RestoreButton entity={entity} n={version.n} onRestored={onChanged} />
      )}
    </span>
  )
}
