import type { EntityView, Page as PageOf } from '@countersign/sdk'
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { InertText } from '../../components/inert-text.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Mark } from '../../components/mark.tsx'
import { Message } from '../../components/page-state.tsx'
import { Pager } from '../../components/pager.tsx'
import { Button } from '../../kit/button.tsx'
import { useFormValues } from '../../kit/use-form-values.ts'
import { useNews } from '../../live/use-live.ts'
import { countersign } from '../../session/client.ts'
import { Page } from '../../shell/page.tsx'
import { visibilityWords } from '../../wording/status-words.ts'
import { InstallButton } from '../entity/install-button.tsx'
import { ClaudeCodeLines } from './claude-code-lines.tsx'
import type { CatalogueSearch } from './route.ts'

const route = getRouteApi('/shell/catalogue')
const pageSize = 50

function catalogueQuery({ after, ...filter }: CatalogueSearch) {
  return queryOptions({
    queryKey: ['catalogue', filter, after],
    queryFn: () => countersign.store.list({ ...filter, limit: pageSize, cursor: after }),
    placeholderData: keepPreviousData,
  })
}

/** What there is to install, and how Claude Code gets it. */
export function CataloguePage() {
  const search = route.useSearch()
  const client = useQueryClient()
  const entities = useQuery(catalogueQuery(search))
  const reload = () => void client.invalidateQueries({ queryKey: ['catalogue'] })
  useNews(({ type }) => type.startsWith('entity.'), reload)
  return (
    <Page title="Catalogue">
      <div className="stack">
        <ClaudeCodeLines />
        <Filters search={search} />
        <Loaded query={entities}>
          {(page) => <Entities page={page} search={search} onChanged={reload} />}
        </Loaded>
      </div>
    </Page>
  )
}

function Filters({ search }: { search: CatalogueSearch }) {
  const navigate = useNavigate()
  const { q = '', type, installed } = search
  const form = useFormValues({ q })
  return (
    <form
      ref={form}
      className="filters"
      aria-label="Filters"
      onSubmit={(event) => {
        event.preventDefault()
        const text = String(new FormData(event.currentTarget).get('q') ?? '').trim()
        const { q: _, after: __, ...rest } = search
        void navigate({ to: '/catalogue', search: { ...rest, ...(text && { q: text }) } })
      }}
    >
      <input
        className="input"
        type="search"
        name="q"
        defaultValue={q}
        placeholder="Name or words"
        aria-label="Name or words"
      />
      <Button type="submit">Find</Button>
      <nav className="row" aria-label="What to show">
        <Link
          to="/catalogue"
          search={type ? { type } : {}}
          activeOptions={{ exact: true }}
          className="button"
          aria-current={installed ? undefined : 'page'}
        >
          Everything
        </Link>
        <Link
          to="/catalogue"
          search={{ installed: true }}
          className="button"
          aria-current={installed ? 'page' : undefined}
        >
          Installed by me
        </Link>
      </nav>
    </form>
  )
}

function Entities(props: {
  page: PageOf<EntityView>
  search: CatalogueSearch
  onChanged: () => void
}) {
  const { page, search, onChanged } = props
  const { after, ...first } = search
  const { next_cursor: next } = page
  if (page.items.length === 0) {
    const isFiltered = Boolean(search.q || search.type || search.installed)
    return (
      <Message title={isFiltered ? 'Nothing here is like that.' : 'Nothing was approved yet.'} />
    )
  }
  return (
    <div className="panel">
      <ul className="list">
        {page.items.map((entity) => (
          <Line key={entity.id} entity={entity} onChanged={onChanged} />
        ))}
      </ul>
      <Pager
        label="Pages of the catalogue"
        newest={after !== undefined && { to: '/catalogue', search: first }}
        older={next !== null && { to: '/catalogue', search: { ...first, after: next } }}
      />
    </div>
  )
}

function Line({ entity, onChanged }: { entity: EntityView; onChanged: () => void }) {
  const { id, name, type, owner, version_no: n, visibility_status: visibility } = entity
  const { word, tone } = visibilityWords[visibility]
  return (
    <li>
      <div className="grow">
        <p className="row">
          <Link to="/entities/$id" params={{ id }}>
            <InertText text={name} />
          </Link>
          <span className="quiet small">
            {type} by <bdi>{owner.handle}</bdi>
            {n !== null && ` · v${n}`}
          </span>
          {visibility !== 'approved' && <Mark tone={tone}>{word}</Mark>}
        </p>
        <p className="small quiet clamp">
          <InertText text={entity.description} />
        </p>
      </div>
      {visibility === 'approved' && <InstallButton entity={entity} onChanged={onChanged} />}
    </li>
  )
}
