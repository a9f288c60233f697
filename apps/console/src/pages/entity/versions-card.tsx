import { CountersignError, type EntityView } from '@countersign/sdk'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Age } from '../../components/age.tsx'
import { Mark } from '../../components/mark.tsx'
import { StatusBadge } from '../../components/status-badge.tsx'
import { type Column, Table } from '../../components/table.tsx'
import { Button } from '../../kit/button.tsx'
import { toast } from '../../kit/toasts.tsx'
import { Tooltip } from '../../kit/tooltip.tsx'
import { countersign } from '../../session/client.ts'
import { formatBytes } from '../../wording/numbers.ts'
import { isInFlight } from './entity-queries.ts'

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

function RestoreButton(props: { entity: EntityView; n: number; onRestored: () => void }) {
  const { entity, n, onRestored } = props
  const restoring = useMutation({
    mutationFn: () => countersign.store.restore(entity.id, n),
    onSuccess: (restored) => {
      onRestored()
      const to = restored.submission?.version_no
      toast(`v${n} comes back as v${to}. It is live once its review is over.`)
    },
    onError: (error) => toast(explain(error), { tone: 'red' }),
  })
  const isOff = isInFlight(entity)
  return (
    <Button
      size="s"
      busy={restoring.isPending}
      disabled={isOff}
      title={isOff ? 'Review in flight' : undefined}
      onClick={() => restoring.mutate()}
    >
      Restore v{n}
    </Button>
  )
}

function explain(error: Error): string {
  return error instanceof CountersignError && error.code === 'prior_version_pending'
    ? 'Another version is being reviewed. Wait for its end, or withdraw it.'
    : error.message
}
