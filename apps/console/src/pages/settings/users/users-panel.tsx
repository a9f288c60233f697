import type { UserView } from '@countersign/sdk'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Age } from '../../../components/age.tsx'
import { Loaded } from '../../../components/loaded.tsx'
import { Mark } from '../../../components/mark.tsx'
import { Table } from '../../../components/table.tsx'
import { countersign } from '../../../session/client.ts'
import { UserActions } from './user-actions.tsx'
import { UserForm } from './user-form.tsx'

const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: () => countersign.identity.users({ limit: 200 }),
})

/** Everybody who can log in. */
export function UsersPanel() {
  const users = useQuery(usersQuery)
  return (
    <div className="stack">
      <section className="panel">
        <h2 className="panel-head">A new user</h2>
        <UserForm />
      </section>
      <section className="panel">
        <h2 className="panel-head">Users</h2>
        <Loaded query={users}>{({ items }) => <Users users={items} />}</Loaded>
      </section>
    </div>
  )
}

function Users({ users }: { users: readonly UserView[] }) {
  return (
    <Table
      caption="Users"
      rows={users}
      rowKey={({ id }) => id}
      columns={[
        { key: 'email', title: 'E-mail', cell: ({ email }) => <strong>{email}</strong> },
        { key: 'handle', title: 'Handle', cell: ({ handle }) => <code>{handle}</code> },
        { key: 'role', title: 'Role', cell: ({ role }) => role },
        {
          key: 'state',
          title: 'State',
          cell: ({ disabled }) =>
            disabled ? <Mark tone="red">Locked out</Mark> : <Mark tone="green">Active</Mark>,
        },
        { key: 'age', title: 'Since', cell: ({ created_at: at }) => <Age at={at} /> },
        {
          key: 'change',
          title: 'Change',
          isNumber: true,
          cell: (user) => <UserActions user={user} />,
        },
      ]}
    />
  )
}
