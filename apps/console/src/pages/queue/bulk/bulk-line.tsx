import type { SubmissionView } from '@countersign/sdk'
import { InertText } from '../../../components/inert-text.tsx'
import { Mark } from '../../../components/mark.tsx'
import { StatusBadge } from '../../../components/status-badge.tsx'
import { gainLines } from '../../../wording/describe-capability.ts'

/** What became of one of many: done, or the words of the service. */
export type Outcome = { isDone: true } | { isDone: false; why: string }

/** One of many that are decided on at once, and what became of it. */
export function BulkLine(props: {
  submission: SubmissionView
  /** Whether it says what its entity gains by it. */
  showsGains: boolean
  outcome: Outcome | undefined
  isRunning: boolean
}) {
  const { submission, showsGains, outcome, isRunning } = props
  const { name, version_no: n, submitter, capability_delta: delta } = submission
  return (
    <li>
      <div className="grow">
        <InertText text={name} /> <span className="quiet">v{n}</span>
        {showsGains && (
          <>
            <span className="small quiet">
              {' '}
              from <bdi>{submitter.email}</bdi>
            </span>
            {gainLines(delta).map((gain) => (
              <p key={gain} className="small">
                Gains <InertText text={gain} />
              </p>
            ))}
          </>
        )}
      </div>
      <StatusBadge {...submission} />
      {outcome ? (
        <Mark tone={outcome.isDone ? 'green' : 'red'}>{outcome.isDone ? 'done' : outcome.why}</Mark>
      ) : (
        <span className="small quiet">{isRunning ? 'waits' : 'not yet'}</span>
      )}
    </li>
  )
}
