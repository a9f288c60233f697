import type { WebhookView } from '@countersign/sdk'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmButton } from '../../../components/confirm-button.tsx'
import { InertText } from '../../../components/inert-text.tsx'
import { Loaded } from '../../../components/loaded.tsx'
import { Mark } from '../../../components/mark.tsx'
import { Message } from '../../../components/page-state.tsx'
import { Button } from '../../../kit/button.tsx'
import { TextField } from '../../../kit/field.tsx'
import { countersign } from '../../../session/client.ts'
import { useChange } from '../../../session/use-change.ts'
import { SecretNote } from '../secret-note.tsx'
import { DeliveriesDialog } from './deliveries-dialog.tsx'

const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: () => countersign.webhooks.list({ limit: 200 }),
})

/** Who is told of events, and what became of telling them. */
export function WebhooksPanel() {
  const webhooks = useQuery(webhooksQuery)
  const creating = useChange('webhooks', { run: countersign.webhooks.create })
  return (
    <div className="stack">
      <section className="panel">
        <h2 className="panel-head">A new webhook</h2>
        <form
          className="panel-body form-row"
          onSubmit={(event) => {
            event.preventDefault()
            const form = event.currentTarget
            creating.mutate(readWebhook(new FormData(form)), { onSuccess: () => form.reset() })
          }}
        >
          <TextField label="URL" name="url" type="url" required />
          <TextField
            label="Events"
            name="events"
            defaultValue="*"
            hint="Types with blanks between, or * for all."
          />
          <Button type="submit" look="primary" busy={creating.isPending}>
            Add it
          </Button>
        </form>
        {creating.data && (
          <div className="panel-body">
            <SecretNote title="The secret that signs deliveries" secret={creating.data.secret} />
          </div>
        )}
      </section>
      <section className="panel">
        <h2 className="panel-head">Webhooks</h2>
        <Loaded query={webhooks}>{({ items }) => <Webhooks webhooks={items} />}</Loaded>
      </section>
    </div>
  )
}

function readWebhook(form: FormData): { url: string; events: string[] } {
  const events = String(form.get('events'))
    .split(/[\s,]+/)
    .filter(Boolean)
  return { url: String(form.get('url')).trim(), events }
}

function Webhooks({ webhooks }: { webhooks: readonly WebhookView[] }) {
  const [opened, setOpened] = useState<WebhookView>()
  if (webhooks.length === 0)
    return (
      <Message title="Nobody is told of events">
        <p>A webhook gets a signed message for each event, and again until it answers.</p>
      </Message>
    )
  return (
    <>
      <ul className="list">
        {webhooks.map((webhook) => (
          <Line key={webhook.id} webhook={webhook} onOpen={() => setOpened(webhook)} />
        ))}
      </ul>
      {opened && <DeliveriesDialog webhook={opened} onClose={() => setOpened(undefined)} />}
    </>
  )
}

function Line({ webhook, onOpen }: { webhook: WebhookView; onOpen: () => void }) {
  const { id, url, events, disabled, disabled_reason: reason } = webhook
  const testing = useChange('deliveries', {
    run: countersign.webhooks.test,
    done: 'A test is on its way.',
  })
  const deleting = useChange('webhooks', {
    run: countersign.webhooks.delete,
    done: 'The webhook is gone.',
  })
  const enabling = useChange('webhooks', {
    run: () => countersign.webhooks.update(id, { disabled: false }),
    done: 'The webhook is on again.',
  })
  return (
    <li>
      <div className="grow">
        <p className="mono">
          <InertText text={url} />
        </p>
        <p className="small quiet">{events.includes('*') ? 'every event' : events.join(' · ')}</p>
      </div>
      {disabled && (
        <>
          <Mark tone="red">Off{reason && `: ${reason}`}</Mark>
          <Button size="s" onClick={() => enabling.mutate(undefined)}>
            Turn on
          </Button>
        </>
      )}
      <Button size="s" onClick={onOpen}>
        Deliveries
      </Button>
      <Button size="s" busy={testing.isPending} onClick={() => testing.mutate(id)}>
        Test
      </Button>
      <ConfirmButton
        label="Delete"
        title={`Delete the webhook to ${url}?`}
        effect="It is told of nothing more, and what was still to be delivered is dropped."
        onConfirm={() => deleting.mutate(id)}
      />
    </li>
  )
}
