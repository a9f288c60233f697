import { Button } from '../../../kit/button.tsx'
import { Select, TextField } from '../../../kit/field.tsx'

interface NewToken {
  name: string
  kind: 'user' | 'agent'
  expires_in_days?: number
}

/** What a token is called, for whom it speaks, and how long. */
export function TokenForm({ busy, onSend }: { busy: boolean; onSend: (token: NewToken) => void }) {
  return (
    <form
      className="panel-body form-row"
      onSubmit={(event) => {
        event.preventDefault()
        onSend(readToken(new FormData(event.currentTarget)))
        event.currentTarget.reset()
      }}
    >
      <TextField label="Name" name="name" required maxLength={100} />
      <Select
        label="Acts as"
        name="kind"
        hint="An agent asks and never decides; as you, it may do what you may."
        options={[
          ['agent', 'An agent of mine'],
          ['user', 'Me'],
        ]}
      />
      <TextField label="Days until it ends" name="days" type="number" min={1} max={3650} />
      <Button type="submit" look="primary" busy={busy}>
        Make the token
      </Button>
    </form>
  )
}

function readToken(form: FormData): NewToken {
  const days = Number(form.get('days'))
  return {
    name: String(form.get('name')).trim(),
    kind: form.get('kind') === 'user' ? 'user' : 'agent',
    ...(days > 0 && { expires_in_days: days }),
  }
}
