import type { OpsView } from '@countersign/sdk'
import { Link } from '@tanstack/react-router'
import { formatCount, formatSpan, formatUsd } from '../../wording/numbers.ts'
import type { QueueViewKey } from '../queue/views.ts'

/** The numbers one looks at first. Each that has a list behind it leads there. */
export function Figures({ ops: { jobs, verdicts, reviewer, held } }: { ops: OpsView }) {
  const reviews = jobs.find(({ name }) => name === 'review-submission')
  const { waiting = 0, active = 0, delayed = 0, failed = 0, oldest_wait_ms: oldest } = reviews ?? {}
  return (
    <dl className="cards">
      <Figure label="Held" note="wait for an operator" view="held" count={held} />
      <Figure
        label="Waiting"
        note={oldest ? `oldest ${formatSpan(oldest)}` : 'none is late'}
        view="pending"
        count={waiting}
      />
      <Figure label="In flight" note="being reviewed" view="pending" count={active} />
      <Figure label="Later" note="tried again" view="pending" count={delayed} />
      <Figure label="Failed" note="without a verdict" view="errors" count={failed} />
      <div className="panel figure">
        <dt>Median verdict</dt>
        <dd className="figure-value num">
          {verdicts.median_ms === null ? '–' : formatSpan(verdicts.median_ms)}
        </dd>
        <dd className="small quiet">
          {verdicts.p90_ms === null ? 'none in 24 h' : `90 % within ${formatSpan(verdicts.p90_ms)}`}
        </dd>
      </div>
      <div className="panel figure">
        <dt>Spent in 24 h</dt>
        <dd className="figure-value num">{formatUsd(reviewer.spend_usd_24h)}</dd>
        <dd className="small quiet">{formatCount(reviewer.tokens_24h)} tokens</dd>
      </div>
    </dl>
  )
}

function Figure(props: { label: string; note: string; view: QueueViewKey; count: number }) {
  const { label, note, view, count } = props
  return (
    <div className="panel figure">
      <dt>{label}</dt>
      <dd className="figure-value num">
        <Link to="/queue" search={{ view }}>
          {formatCount(count)}
        </Link>
      </dd>
      <dd className="small quiet">{note}</dd>
    </div>
  )
}
