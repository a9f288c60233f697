import type { OpsView } from '@countersign/sdk'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { InertText } from '../../components/inert-text.tsx'
import { Mark } from '../../components/mark.tsx'

/** Whether there is a model to ask, and if not, why. Without one everything is held, never approved. */
export function ReviewerCard({ reviewer }: { reviewer: OpsView['reviewer'] }) {
  const { ready, reason, model, rate_limited_until: limitedUntil } = reviewer
  return (
    <section className="panel">
      <h2 className="panel-head">Reviewer model</h2>
      <dl className="facts panel-body">
        <dt>State</dt>
        <dd>
          {ready ? (
            <Mark tone="green" icon={CircleCheck}>
              Ready
            </Mark>
          ) : (
            <Mark tone="amber" icon={CircleAlert}>
              Not ready
            </Mark>
          )}
        </dd>
        {reason && (
          <>
            <dt>Why</dt>
            <dd>
              <InertText text={reason} />
            </dd>
          </>
        )}
        <dt>Model</dt>
        <dd className="mono">{model}</dd>
        <dt>Rate limited</dt>
        <dd>{limitedUntil ? `until ${new Date(limitedUntil).toLocaleTimeString()}` : 'no'}</dd>
        <dt>If it fails</dt>
        <dd>Nothing is approved: reviews are held until it answers.</dd>
      </dl>
    </section>
  )
}
