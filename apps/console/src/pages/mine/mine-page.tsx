import type { Page as PageOf, SubmissionView } from '@countersign/sdk'
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Upload } from 'lucide-react'
import { Loaded } from '../../components/loaded.tsx'
import { Message } from '../../components/page-state.tsx'
import { Pager } from '../../components/pager.tsx'
import { useNews } from '../../live/use-live.ts'
import { countersign } from '../../session/client.ts'
import { Page } from '../../shell/page.tsx'
import { MineLine } from './mine-line.tsx'

const route = getRouteApi('/shell/mine')
const pageSize = 50

function mineQuery(after: string | undefined) {
  return queryOptions({
    queryKey: ['mine', after],
    queryFn: () => countersign.store.submissions({ limit: pageSize, cursor: after }),
    placeholderData: keepPreviousData,
  })
}

/** What one has submitted, and what is to be done about each. */
export function MinePage() {
  const { after } = route.useSearch()
  const client = useQueryClient()
  const mine = useQuery(mineQuery(after))
  useNews(
    ({ type }) => type.startsWith('submission.'),
    () => void client.invalidateQueries({ queryKey: ['mine'] }),
  )
  return (
    <Page title="My submissions" actions={<UploadLink />}>
      <Loaded query={mine}>{(page) => <Submissions page={page} after={after} />}</Loaded>
    </Page>
  )
}

function UploadLink() {
  return (
    <Link to="/upload" className="button" data-look="primary">
      <Upload size={16} aria-hidden />
      Upload a bundle
    </Link>
  )
}

function Submissions(props: { page: PageOf<SubmissionView>; after: string | undefined }) {
  const { items, next_cursor: next } = props.page
  if (items.length === 0) {
    return (
      <Message title="You have not submitted anything yet">
        <p>
          Upload a bundle here, or from a terminal: <code>countersign submit ./my-skill</code>
        </p>
      </Message>
    )
  }
  return (
    <div className="panel">
      <ul className="list list-marked">
        {items.map((submission) => (
          <MineLine key={submission.id} submission={submission} />
        ))}
      </ul>
      <Pager
        label="Pages of submissions"
        newest={props.after !== undefined && { to: '/mine' }}
        older={next !== null && { to: '/mine', search: { after: next } }}
      />
    </div>
  )
}
