import type { UserView } from '@countersign/sdk'
import { Button } from '../../../kit/button.tsx'
import { Dialog } from '../../../kit/dialog.tsx'
import { TextField } from '../../../kit/field.tsx'
import { countersign } from '../../../session/client.ts'
import { useChange } from '../../../session/use-change.ts'

const shortest = 8

/** Gives somebody a password for the time being, who has lost theirs. It can be read, to be passed on. */
export function PasswordDialog({ user, onClose }: { user: UserView; onClose: () => void }) {
  const setting = useChange('users', {
    run: (password: string) => countersign.identity.updateUser(user.id, { password }),
    done: `${user.email} gets in with the new password alone.`,
  })
  return (
    <Dialog
      open
      onClose={onClose}
      busy={setting.isPending}
      title={`New password for ${user.email}`}
      description="The old one stops working, and every session of theirs ends at once. Their tokens stay."
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          const password = String(new FormData(event.currentTarget).get('password'))
          setting.mutate(password, { onSuccess: onClose })
        }}
      >
        <TextField
          label="Temporary password"
          name="password"
          required
          minLength={shortest}
          maxLength={256}
          autoComplete="off"
          spellCheck={false}
          hint={`At least ${shortest} characters. Tell it to them; they choose their own under “Your account”.`}
        />
        <footer className="dialog-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="danger-strong" busy={setting.isPending}>
            Set the password
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
