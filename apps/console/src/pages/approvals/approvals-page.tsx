import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Loaded } from '../../components/loaded.tsx'
import { Button } from '../../kit/button.tsx'
import { useFrozenRows } from '../../live/use-frozen-rows.ts'
import { useNews } from '../../live/use-live.ts'
import { Page } from '../../shell/page.tsx'
import { plural } from '../../wording/numbers.ts'
import { approvalsQuery } from './approvals-queries.ts'
import { type ApprovalsSearch, approvalsViewOf, approvalsViews } from './approvals-search.ts'
import { ApprovalsTable } from './approvals-table.tsx'

const route = getRouteApi('/shell/approvals')

/** What agents and people asked to be allowed to do. */
export function ApprovalsPage() {
  const search = route.useSearch()
  const client = useQueryClient()
  const approvals = useQuery(approvalsQuery(search))
  useNews(
    ({ type }) => type.startsWith('approval.'),
    () => void client.invalidateQueries({ queryKey: ['approvals'] }),
  )
  const shown = useFrozenRows(JSON.stringify(search), approvals.data?.items)
  return (
    <Page title="Approvals">
      <Views search={search} />
      <output className="news-bar">
        {shown.newCount > 0 && (
          <Button size="s" look="primary" onClick={shown.showNew}>
            {plural(shown.newCount, 'new request')}: show
          </Button>
        )}
      </output>
      <Loaded query={approvals}>
        {({ next_cursor: next }) => (
          <ApprovalsTable search={search} rows={shown.rows} next={next} />
        )}
      </Loaded>
    </Page>
  )
}

function Views({ search }: { search: ApprovalsSearch }) {
  const current = approvalsViewOf(search.view).key
  return (
    <nav className="tabs" aria-label="Views">
      {approvalsViews.map(({ key, label }) => (
        <Link
          key={key}
          to="/approvals"
          search={{ view: key }}
          className="tab"
          aria-current={key === current ? 'page' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
