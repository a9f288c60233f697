import type { GrantView } from '@countersign/sdk'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { ConfirmButton } from '../../../components/confirm-button.tsx'
import { InertText } from '../../../components/inert-text.tsx'
import { Loaded } from '../../../components/loaded.tsx'
import { Mark } from '../../../components/mark.tsx'
import { Message } from '../../../components/page-state.tsx'
import { Table } from '../../../components/table.tsx'
import { countersign } from '../../../session/client.ts'
import { useChange } from '../../../session/use-change.ts'
import { GrantForm } from './grant-form.tsx'

const grantsQuery = queryOptions({
  queryKey: ['grants'],
  queryFn: () => countersign.workspaces.grants({ limit: 200 }),
})

/** What was answered in advance: allowed, or denied, for a while. */
export function GrantsPanel() {
  const grants = useQuery(grantsQuery)
  return (
    <div className="stack">
      <section className="panel">
        <h2 className="panel-head">A new grant</h2>
        <GrantForm />
      </section>
      <section className="panel">
        <h2 className="panel-head">Grants of the root workspace</h2>
        <Loaded query={grants}>{({ items }) => <Grants grants={items} />}</Loaded>
      </section>
    </div>
  )
}

function Grants({ grants }: { grants: readonly GrantView[] }) {
  const ending = useChange('grants', {
    run: countersign.workspaces.revokeGrant,
    done: 'The grant has ended.',
  })
  if (grants.length === 0) {
    return <Message title="Nothing is answered in advance">Every request is looked at.</Message>
  }
  return (
    <Table
      caption="Grants"
      rows={grants}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'effect',
          title: 'Answer',
          cell: ({ effect }) => (
            <Mark tone={effect === 'allow' ? 'green' : 'red'}>
              {effect === 'allow' ? 'Allow' : 'Deny'}
            </Mark>
          ),
        },
        {
          key: 'action',
          title: 'Action',
          cell: ({ action }) => (
            <code>
              <InertText text={action} />
            </code>
          ),
        },
        {
          key: 'for',
          title: 'For',
          cell: ({ session_id: session, session_key: key }) =>
            session || key ? 'one session' : 'everybody',
        },
        {
          key: 'uses',
          title: 'Used',
          isNumber: true,
          cell: ({ uses, max_uses: max }) => (max ? `${uses} of ${max}` : String(uses)),
        },
        {
          key: 'ends',
          title: 'Ends',
          cell: ({ expires_at: end }) => new Date(end).toLocaleString(),
        },
        {
          key: 'end',
          title: 'End it',
          isNumber: true,
          cell: ({ id, action }) => (
            <ConfirmButton
              label="End"
              title={`End the grant for ${action}?`}
              effect="The action is asked about again from now on."
              onConfirm={() => ending.mutate(id)}
            />
          ),
        },
      ]}
    />
  )
}
