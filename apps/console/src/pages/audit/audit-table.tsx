import type { AuditEntryView, Page } from '@countersign/sdk'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { InertText } from '../../components/inert-text.tsx'
import { Message } from '../../components/page-state.tsx'
import { Pager } from '../../components/pager.tsx'
import { Table } from '../../components/table.tsx'
import { peopleQuery } from '../../session/people.ts'
import { useMe } from '../../session/session.ts'
import { formatCount } from '../../wording/numbers.ts'
import type { AuditSearch } from './audit-search.ts'

/** A page of the audit, newest first. */
export function AuditTable(props: { page: Page<AuditEntryView>; search: AuditSearch }) {
  const { items, next_cursor: next } = props.page
  const { after, ...filter } = props.search
  if (items.length === 0) return <Message title="Nothing on record is like that." />
  return (
    <div className="panel">
      <Table
        caption="Audit entries"
        rows={items}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'seq',
            title: 'No.',
            isNumber: true,
            cell: ({ seq }) => (seq === null ? 'unsealed' : formatCount(seq)),
          },
          { key: 'at', title: 'When', cell: ({ at }) => <Moment at={at} /> },
          { key: 'actor', title: 'Who', cell: ({ actor }) => <Who {...actor} filter={filter} /> },
          { key: 'action', title: 'What', cell: ({ action }) => <code>{action}</code> },
          { key: 'resource', title: 'On', cell: ({ resource }) => <On resource={resource} /> },
          { key: 'params', title: 'Details', cell: ({ params }) => <Details params={params} /> },
        ]}
      />
      <Pager
        label="Pages of the audit"
        newest={after !== undefined && { to: '/audit', search: filter }}
        older={next !== null && { to: '/audit', search: { ...filter, after: next } }}
      />
    </div>
  )
}

function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} className="num nowrap">
      {new Date(at).toLocaleString()}
    </time>
  )
}

function Who(props: AuditEntryView['actor'] & { filter: AuditSearch }) {
  const { id, kind, filter } = props
  const me = useMe()
  const { data: people } = useQuery(peopleQuery)
  if (kind === 'system') return 'Countersign'
  const name = people?.get(id) ?? `${kind} …${id.slice(-6)}`
  return (
    <Link
      to="/audit"
      search={{ ...filter, actor: id }}
      className="who ellipsis"
      title={`${kind} ${people?.get(id) ?? id}`}
    >
      {id === me.id ? 'you' : name}
    </Link>
  )
}

const pageOf: Readonly<Record<string, (id: string, text: ReactNode) => ReactNode>> = {
  entity: (id, text) => (
    <Link to="/entities/$id" params={{ id }}>
      {text}
    </Link>
  ),
  submission: (id, text) => (
    <Link to="/submissions/$id" params={{ id }}>
      {text}
    </Link>
  ),
  approval: (id, text) => (
    <Link to="/approvals/$id" params={{ id }}>
      {text}
    </Link>
  ),
}

function On({ resource }: { resource: string }) {
  const [kind = '', id = ''] = resource.split(':')
  const text = <span className="nowrap">{`${kind} …${id.slice(-6)}`}</span>
  return pageOf[kind]?.(id, text) ?? text
}

/** The details as text: they hold what outsiders wrote, such as names and reasons. */
function Details({ params }: { params: AuditEntryView['params'] }) {
  const parts = Object.entries(params).filter(([, value]) => value !== null)
  return (
    <span className="small quiet details">
      <InertText
        text={parts
          .map(
            ([key, value]) =>
              `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
          )
          .join(' · ')}
      />
    </span>
  )
}
