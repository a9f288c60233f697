import type { EntityView } from '@countersign/sdk'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import { Age } from '../../components/age.tsx'
import { InertText } from '../../components/inert-text.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Mark } from '../../components/mark.tsx'
import { useNews } from '../../live/use-live.ts'
import { useMe } from '../../session/session.ts'
import { Page } from '../../shell/page.tsx'
import { SuppressionsCard } from '../../suppress/suppressions-card.tsx'
import { installers } from '../../wording/describe-reach.ts'
import { formatBytes } from '../../wording/numbers.ts'
import { visibilityWords } from '../../wording/status-words.ts'
import { ArchiveButton } from './archive-button.tsx'
import { Banner } from './banner.tsx'
import { entityQuery, isInFlight } from './entity-queries.ts'
import { InstallButton } from './install-button.tsx'
import { VersionsCard } from './versions-card.tsx'

const route = getRouteApi('/shell/entities/$id')

/** One entity: what is served of it, and, for its owner and admins, its whole life. */
export function EntityPage() {
  const { id } = route.useParams()
  const client = useQueryClient()
  const query = useQuery(entityQuery(id))
  const reload = () => void client.invalidateQueries({ queryKey: ['entity', id] })
  useNews(({ data }) => data.entity_id === id, reload)
  return (
    <Loaded query={query} isPage>
      {({ entity }) => <Shown entity={entity} onChanged={reload} />}
    </Loaded>
  )
}

function Shown({ entity, onChanged }: { entity: EntityView; onChanged: () => void }) {
  const { isAdmin, id: me } = useMe()
  const isOwn = entity.versions !== undefined
  const isArchived = entity.visibility_status === 'archived'
  return (
    <Page
      title={entity.name}
      actions={
        <>
          {entity.visibility_status === 'approved' && (
            <InstallButton entity={entity} onChanged={onChanged} />
          )}
          {isOwn && !isArchived && (
            <>
              <EditLink entity={entity} />
              <ArchiveButton entity={entity} onArchived={onChanged} />
            </>
          )}
        </>
      }
    >
      <div className="stack">
        {isOwn && <Banner entity={entity} isAdmin={isAdmin} />}
        <Facts entity={entity} isMine={entity.owner.id === me} />
        {entity.versions && (
          <VersionsCard entity={entity} versions={entity.versions} onChanged={onChanged} />
        )}
        {isAdmin && <SuppressionsCard entityId={entity.id} />}
      </div>
    </Page>
  )
}

/** While a review is in flight the button says so, and leads nowhere. */
function EditLink({ entity }: { entity: EntityView }) {
  if (isInFlight(entity)) {
    return (
      <button type="button" className="button" aria-disabled>
        <Pencil size={16} aria-hidden />
        Edit: review in flight
      </button>
    )
  }
  return (
    <Link to="/entities/$id/edit" params={{ id: entity.id }} className="button">
      <Pencil size={16} aria-hidden />
      Edit
    </Link>
  )
}

function Facts({ entity, isMine }: { entity: EntityView; isMine: boolean }) {
  const { word, tone } = visibilityWords[entity.visibility_status]
  return (
    <section className="panel">
      <div className="panel-body stack">
        <p className="row">
          <Mark tone={tone}>{word}</Mark>
          <span className="quiet">
            {entity.type} by {isMine ? 'you' : <bdi>{entity.owner.handle}</bdi>}
          </span>
        </p>
        <p>
          <InertText text={entity.description} />
        </p>
        <dl className="facts">
          <dt>Served version</dt>
          <dd>{entity.version_no === null ? 'none' : `v${entity.version_no}`}</dd>
          {entity.install_count !== undefined && (
            <>
              <dt>Installed by</dt>
              <dd>{installers(entity.install_count)}</dd>
            </>
          )}
          <dt>Name for installers</dt>
          <dd className="mono">{entity.slug}</dd>
          {entity.version_hash && (
            <>
              <dt>SHA-256</dt>
              <dd className="mono">{entity.version_hash}</dd>
            </>
          )}
          {entity.file_size !== null && (
            <>
              <dt>Size</dt>
              <dd>{formatBytes(entity.file_size)}</dd>
            </>
          )}
          {entity.category && (
            <>
              <dt>Category</dt>
              <dd>{entity.category}</dd>
            </>
          )}
          <dt>Changed</dt>
          <dd>
            <Age at={entity.updated_at} /> ago
          </dd>
        </dl>
      </div>
    </section>
  )
}
