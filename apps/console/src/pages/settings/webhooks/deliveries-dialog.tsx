import type { DeliveryView, WebhookView } from '@countersign/sdk'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Age } from '../../../components/age.tsx'
import { InertText } from '../../../components/inert-text.tsx'
import { Loaded } from '../../../components/loaded.tsx'
import { Mark } from '../../../components/mark.tsx'
import { Message } from '../../../components/page-state.tsx'
import { Button } from '../../../kit/button.tsx'
import { Dialog } from '../../../kit/dialog.tsx'
import { countersign } from '../../../session/client.ts'
import { useChange } from '../../../session/use-change.ts'
import { plural } from '../../../wording/numbers.ts'
import type { Tone } from '../../../wording/status-words.ts'

function deliveriesQuery(webhookId: string) {
  return queryOptions({
    queryKey: ['deliveries', webhookId],
    queryFn: () => countersign.webhooks.deliveries(webhookId),
    refetchInterval: 5000,
  })
}

/** The last deliveries of a webhook, each with what the other side said. */
export function DeliveriesDialog(props: { webhook: WebhookView; onClose: () => void }) {
  const { webhook, onClose } = props
  const deliveries = useQuery(deliveriesQuery(webhook.id))
  return (
    <Dialog open isWide onClose={onClose} title="Deliveries" description={webhook.url}>
      <Loaded query={deliveries}>
        {({ items }) =>
          items.length === 0 ? (
            <Message title="Nothing was delivered yet" />
          ) : (
            <ul className="list">
              {items.map((delivery) => (
                <Line key={delivery.id} delivery={delivery} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Dialog>
  )
}

const tones: Readonly<Record<DeliveryView['status'], Tone>> = {
  pending: 'blue',
  delivered: 'green',
  failed: 'red',
  cancelled: 'gray',
}

function Line({ delivery }: { delivery: DeliveryView }) {
  const { id, webhook_id: webhookId, event_type: type, status, attempts, error } = delivery
  const redelivering = useChange('deliveries', {
    run: () => countersign.webhooks.redeliver(webhookId, id),
    done: 'It is on its way again.',
  })
  return (
    <li>
      <Mark tone={tones[status]}>{status}</Mark>
      <div className="grow">
        <code>{type}</code>{' '}
        <span className="small quiet">
          {plural(attempts, 'try', 'tries')}
          {delivery.redelivery_of && ', sent again'}
          {delivery.response_status !== null && `, last answer ${delivery.response_status}`}
        </span>
        {error && (
          <p className="small quiet">
            <InertText text={error} />
          </p>
        )}
      </div>
      <Age at={delivery.created_at} />
      {status !== 'pending' && (
        <Button
          size="s"
          busy={redelivering.isPending}
          onClick={() => redelivering.mutate(undefined)}
        >
          Deliver again
        </Button>
      )}
    </li>
  )
}
