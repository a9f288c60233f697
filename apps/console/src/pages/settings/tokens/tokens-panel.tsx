import type { TokenView } from '@countersign/sdk'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Age } from '../../../components/age.tsx'
import { ConfirmButton } from '../../../components/confirm-button.tsx'
import { Loaded } from '../../../components/loaded.tsx'
import { Message } from '../../../components/page-state.tsx'
import { Table } from '../../../components/table.tsx'
import { countersign } from '../../../session/client.ts'
import { useChange } from '../../../session/use-change.ts'
import { SecretNote } from '../secret-note.tsx'
import { TokenForm } from './token-form.tsx'

const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: () => countersign.identity.tokens({ limit: 200 }),
})

/** One's own tokens, and those of one's agents. */
export function TokensPanel() {
  const tokens = useQuery(tokensQuery)
  const creating = useChange('tokens', { run: countersign.identity.createToken })
  return (
    <div className="stack">
      <section className="panel">
        <h2 className="panel-head">A new token</h2>
        <TokenForm busy={creating.isPending} onSend={creating.mutate} />
        {creating.data && (
          <div className="panel-body">
            <SecretNote title={`The token “${creating.data.name}”`} secret={creating.data.token} />
          </div>
        )}
      </section>
      <section className="panel">
        <h2 className="panel-head">Your tokens</h2>
        <Loaded query={tokens}>{({ items }) => <Tokens tokens={items} />}</Loaded>
      </section>
    </div>
  )
}

function Tokens({ tokens }: { tokens: readonly TokenView[] }) {
  const revoking = useChange('tokens', {
    run: countersign.identity.revokeToken,
    done: 'The token is revoked.',
  })
  if (tokens.length === 0) {
    return (
      <Message title="You have no tokens">
        The console needs none; git, the command line and agents do.
      </Message>
    )
  }
  return (
    <Table
      caption="Your tokens"
      rows={tokens}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', title: 'Name', cell: ({ name }) => <strong>{name}</strong> },
        {
          key: 'kind',
          title: 'Acts as',
          cell: ({ kind }) => (kind === 'agent' ? 'an agent of yours' : 'you'),
        },
        { key: 'age', title: 'Made', cell: ({ created_at: at }) => <Age at={at} /> },
        {
          key: 'end',
          title: 'Ends',
          cell: ({ expires_at: end }) => (end ? new Date(end).toLocaleDateString() : 'never'),
        },
        {
          key: 'revoke',
          title: 'Revoke',
          isNumber: true,
          cell: ({ id, name }) => (
            <ConfirmButton
              label="Revoke"
              title={`Revoke “${name}”?`}
              effect="Whatever uses it is refused from now on."
              onConfirm={() => revoking.mutate(id)}
            />
          ),
        },
      ]}
    />
  )
}
