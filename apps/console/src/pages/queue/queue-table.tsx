import type { SubmissionView } from '@countersign/sdk'
import { useRef } from 'react'
import { Pager } from '../../components/pager.tsx'
import { isClaimable, useClaim } from '../../decide/use-claim.ts'
import { useHotkeys } from '../../hotkeys/use-hotkeys.ts'
import type { MergedRows } from '../../live/merge-rows.ts'
import { QueueRow } from './queue-row.tsx'
import type { QueueSearch } from './queue-search.ts'
import type { Selection } from './use-selection.ts'

/** A page of the queue. Rows stay where they are; those that left the view say so. */
export function QueueTable(props: {
  search: QueueSearch
  rows: MergedRows<SubmissionView>['rows']
  next: string | null
  selection: Selection
}) {
  const { search, rows, next, selection } = props
  const { after, ...first } = search
  const from = new URLSearchParams({ ...search }).toString()
  const body = useRef<HTMLTableSectionElement>(null)
  const ids = rows.map(({ row }) => row.id)
  const links = () => [...(body.current?.querySelectorAll<HTMLElement>('.row-link') ?? [])]
  const placeOfFocus = () =>
    links().findIndex((link) => link.closest('tr')?.contains(document.activeElement))
  const move = (step: 1 | -1) => links()[Math.max(0, placeOfFocus() + step)]?.focus()
  const select = (isRange: boolean) => {
    const id = ids[placeOfFocus()]
    if (id) selection.toggle(id, isRange ? ids : undefined)
  }
  const claiming = useClaim()
  const claim = () => {
    const row = rows[placeOfFocus()]?.row
    if (row && isClaimable(row)) claiming.mutate(row)
  }
  useHotkeys('Queue', [
    { keys: 'j', does: 'Next row', run: () => move(1) },
    { keys: 'k', does: 'Previous row', run: () => move(-1) },
    { keys: 'x', does: 'Select the row', run: () => select(false) },
    { keys: 'Shift+x', does: 'Select up to the row', run: () => select(true) },
    { keys: 'c', does: 'Claim the row, or release it', run: claim },
  ])
  return (
    <div className="panel">
      <div className="table-wrap">
        <table className="table queue">
          <caption className="unseen">Submissions, newest first</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">Selected</span>
              </th>
              <th scope="col">Status</th>
              <th scope="col">Submission</th>
              <th scope="col">What is new, and why it waits</th>
              <th scope="col">Severity</th>
              <th scope="col">Submitter</th>
              <th scope="col" className="end">
                Age
              </th>
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.map(({ row, isGone }) => (
              <QueueRow
                key={row.id}
                row={row}
                isGone={isGone}
                from={from}
                isSelected={selection.ids.has(row.id)}
                onSelect={(isRange) => selection.toggle(row.id, isRange ? ids : undefined)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Pager
        label="Pages of the queue"
        newest={after !== undefined && { to: '/queue', search: first }}
        older={next !== null && { to: '/queue', search: { ...first, after: next } }}
      />
    </div>
  )
}
