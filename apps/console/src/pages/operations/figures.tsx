import type { OpsView } from '@countersign/sdk'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatCount, formatSpan, formatUsd } from '../../wording/numbers.ts'

/** The numbers one looks at first. Each that has a list behind it leads there. */
export function Figures({ ops: { queue, reviewer, held } }: { ops: OpsView }) {
  return (
    <dl className="cards">
      <Figure
        label="Held"
        note="wait for an operator"
        value={
          <Link to="/queue" search={{ view: 'held' }}>
            {formatCount(held)}
          </Link>
        }
      />
      <Figure
        label="Waiting"
        note={
          queue.waiting > 0 && queue.oldest_wait_ms
            ? `oldest ${formatSpan(queue.oldest_wait_ms)}`
            : 'none is late'
        }
        value={
          <Link to="/queue" search={{ view: 'pending' }}>
            {formatCount(queue.waiting)}
          </Link>
        }
      />
      <Figure label="In flight" note="being reviewed" value={formatCount(queue.active)} />
      <Figure label="Later" note="try again by themselves" value={formatCount(queue.delayed)} />
      <Figure
        label="Failed"
        note="reviews without a verdict"
        value={
          <Link to="/queue" search={{ view: 'errors' }}>
            {formatCount(queue.failed)}
          </Link>
        }
      />
      <Figure
        label="Spent in 24 h"
        note={`${formatCount(reviewer.tokens_24h)} tokens`}
        value={formatUsd(reviewer.spend_usd_24h)}
      />
    </dl>
  )
}

function Figure({ label, value, note }: { label: string; value: ReactNode; note: string }) {
  return (
    <div className="panel figure">
      <dt>{label}</dt>
      <dd className="figure-value num">{value}</dd>
      <dd className="small quiet">{note}</dd>
    </div>
  )
}
