import { Button } from '../../../kit/button.tsx'
import { Select, TextField } from '../../../kit/field.tsx'
import { toast } from '../../../kit/toasts.tsx'
import { countersign } from '../../../session/client.ts'
import { useChange } from '../../../session/use-change.ts'
import { anotherFirst } from './another-first.ts'

/** Lets somebody in. They are told their first password by whoever fills this in. */
export function UserForm() {
  const creating = useChange('users', {
    run: countersign.identity.createUser,
  })
  return (
    <form
      className="panel-body form-row"
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        const fields = new FormData(form)
        creating.mutate(
          {
            email: String(fields.get('email')).trim(),
            password: String(fields.get('password')),
            role: fields.get('role') === 'admin' ? 'admin' : 'user',
          },
          {
            onSuccess: (added) => {
              if ('approval_id' in added) return toast(anotherFirst, { tone: 'amber' })
              form.reset()
              toast(`${added.email} can log in now.`)
            },
          },
        )
      }}
    >
      <TextField label="E-mail" name="email" type="email" required autoComplete="off" />
      <TextField
        label="First password"
        name="password"
        type="password"
        required
        minLength={8}
        autoComplete="new-password"
      />
      <Select
        label="Role"
        name="role"
        options={[
          ['user', 'User'],
          ['admin', 'Admin'],
        ]}
      />
      <Button type="submit" look="primary" busy={creating.isPending}>
        Let them in
      </Button>
    </form>
  )
}
