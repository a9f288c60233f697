import type { UserView } from '@countersign/sdk'
import { useState } from 'react'
import { ConfirmButton } from '../../../components/confirm-button.tsx'
import { Button } from '../../../kit/button.tsx'
import { toast } from '../../../kit/toasts.tsx'
import { countersign } from '../../../session/client.ts'
import { useMe } from '../../../session/session.ts'
import { useChange } from '../../../session/use-change.ts'
import { anotherFirst } from './another-first.ts'
import { PasswordDialog } from './password-dialog.tsx'

/** What an admin can change about somebody else. What is one's own is changed under “Your account”. */
export function UserActions({ user }: { user: UserView }) {
  const { id: me } = useMe()
  if (user.id === me) return <span className="quiet">you</span>
  return (
    <div className="row">
      <RoleButton user={user} />
      <PasswordButton user={user} />
      <AccessButton user={user} />
    </div>
  )
}

function RoleButton({ user: { id, email, role } }: { user: UserView }) {
  const changing = useChange('users', {
    run: (next: UserView['role']) => countersign.identity.updateUser(id, { role: next }),
  })
  const change = (next: UserView['role']) =>
    changing.mutate(next, {
      onSuccess: (answer) => {
        if ('approval_id' in answer) toast(anotherFirst, { tone: 'amber' })
        else toast(next === 'admin' ? `${email} is an admin now.` : `${email} is a user now.`)
      },
    })
  return role === 'admin' ? (
    <ConfirmButton
      label="Make a user"
      title={`Make a user of ${email}?`}
      effect="They decide nothing any more, and see only what is theirs and what is served."
      onConfirm={() => change('user')}
    />
  ) : (
    <ConfirmButton
      label="Make an admin"
      title={`Make an admin of ${email}?`}
      effect="They decide what is served and what agents may do, see everything, and can lock others out."
      onConfirm={() => change('admin')}
    />
  )
}

function PasswordButton({ user }: { user: UserView }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button size="s" onClick={() => setOpen(true)}>
        New password<span className="unseen"> for {user.email}</span>
      </Button>
      {isOpen && <PasswordDialog user={user} onClose={() => setOpen(false)} />}
    </>
  )
}

function AccessButton({ user: { id, email, disabled } }: { user: UserView }) {
  const changing = useChange('users', {
    run: (isOut: boolean) => countersign.identity.updateUser(id, { disabled: isOut }),
    done: disabled ? 'The user is let in again.' : 'The user is locked out.',
  })
  if (disabled) {
    return (
      <Button size="s" busy={changing.isPending} onClick={() => changing.mutate(false)}>
        Let in<span className="unseen"> {email}</span>
      </Button>
    )
  }
  return (
    <ConfirmButton
      label="Lock out"
      title={`Lock out ${email}?`}
      effect="Their sessions and tokens, and those of their agents, stop working at once."
      onConfirm={() => changing.mutate(true)}
    />
  )
}
