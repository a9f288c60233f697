import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Loaded } from '../../components/loaded.tsx'
import { Button } from '../../kit/button.tsx'
import { useFrozenRows } from '../../live/use-frozen-rows.ts'
import { useNews } from '../../live/use-live.ts'
import { Page } from '../../shell/page.tsx'
import { plural } from '../../wording/numbers.ts'
import { BulkBar } from './bulk/bulk-bar.tsx'
import { QueueEmpty } from './queue-empty.tsx'
import { QueueFilters } from './queue-filters.tsx'
import { countsQuery, rowsQuery } from './queue-queries.ts'
import { QueueTable } from './queue-table.tsx'
import { QueueTabs } from './queue-tabs.tsx'
import { SavedViews } from './saved-views.tsx'
import { useSelection } from './use-selection.ts'

const route = getRouteApi('/shell/queue')

/** What waits for a decision, and everything else that was submitted. */
export function QueuePage() {
  const search = route.useSearch()
  const client = useQueryClient()
  const rows = useQuery(rowsQuery(search))
  const counts = useQuery(countsQuery(search))
  useNews(
    ({ type }) => type.startsWith('submission.'),
    () => {
      void client.invalidateQueries({ queryKey: ['queue'] })
      void client.invalidateQueries({ queryKey: ['queue-counts'] })
    },
  )
  const list = JSON.stringify(search)
  const shown = useFrozenRows(list, rows.data?.items)
  const selection = useSelection(list)
  return (
    <Page title="Queue">
      <QueueTabs search={search} counts={counts.data} />
      <div className="filter-row">
        <QueueFilters search={search} />
        <SavedViews search={search} />
      </div>
      <output className="news-bar">
        {shown.newCount > 0 && (
          <Button size="s" look="primary" onClick={shown.showNew}>
            {plural(shown.newCount, 'new item')}: show
          </Button>
        )}
      </output>
      <BulkBar rows={shown.rows.map(({ row }) => row)} selection={selection} />
      <Loaded query={rows} rows={12}>
        {({ next_cursor: next }) =>
          shown.rows.length === 0 ? (
            <QueueEmpty search={search} counts={counts.data} />
          ) : (
            <QueueTable search={search} rows={shown.rows} next={next} selection={selection} />
          )
        }
      </Loaded>
    </Page>
  )
}
