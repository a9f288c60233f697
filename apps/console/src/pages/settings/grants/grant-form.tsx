import { Button } from '../../../kit/button.tsx'
import { Select, TextField } from '../../../kit/field.tsx'
import { countersign } from '../../../session/client.ts'
import { useChange } from '../../../session/use-change.ts'

/** Answers a question in advance. What only people answer for, no grant can allow. */
export function GrantForm() {
  const creating = useChange('grants', {
    run: countersign.workspaces.createGrant,
    done: 'The grant is in force.',
  })
  return (
    <form
      className="panel-body form-row"
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        creating.mutate(readGrant(new FormData(form)), { onSuccess: () => form.reset() })
      }}
    >
      <TextField
        label="Action"
        name="action"
        required
        maxLength={200}
        placeholder="agent.tool.Bash"
      />
      <Select
        label="Answer"
        name="effect"
        options={[
          ['allow', 'Allow'],
          ['deny', 'Deny'],
        ]}
      />
      <TextField
        label="Hours"
        name="hours"
        type="number"
        min={1}
        max={2160}
        defaultValue={8}
        required
      />
      <TextField label="Uses at most" name="uses" type="number" min={1} />
      <Button type="submit" look="primary" busy={creating.isPending}>
        Grant it
      </Button>
    </form>
  )
}

function readGrant(form: FormData) {
  const uses = Number(form.get('uses'))
  return {
    kind: 'standing' as const,
    effect: form.get('effect') === 'deny' ? ('deny' as const) : ('allow' as const),
    action: String(form.get('action')).trim(),
    expires_in_s: Number(form.get('hours')) * 3600,
    ...(uses > 0 && { max_uses: uses }),
  }
}
