import type { SubmissionView } from '@countersign/sdk'
import { CountersignError } from '@countersign/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { InertText } from '../../components/inert-text.tsx'
import { Mark } from '../../components/mark.tsx'
import { scrollable } from '../../components/scrollable.ts'
import { StatusBadge } from '../../components/status-badge.tsx'
import type { Decision } from '../../decide/decisions.ts'
import { isReasonReady, noReason, ReasonField } from '../../decide/reason-field.tsx'
import type { GivenReason } from '../../decide/reasons.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { plural } from '../../wording/numbers.ts'

/** What became of one of many: done, or the words of the service. */
type Outcome = { isDone: true } | { isDone: false; why: string }

/**
 * Decides on many, one after the other, each by itself: what changed meanwhile or is not allowed is
 * left as it is, says why, and stays selected.
 */
export function BulkDialog(props: {
  decision: Decision
  submissions: readonly SubmissionView[]
  /** Tells which ones failed, once anything was tried. */
  onClose: (failed?: string[]) => void
}) {
  const { decision, onClose } = props
  // What is listed stays what it was when one was asked.
  const [listed] = useState(props.submissions)
  const [reason, setReason] = useState(noReason)
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const client = useQueryClient()
  const running = useMutation({
    mutationFn: async () => {
      for (const submission of listed) {
        const outcome = await tryOne(decision, submission, reason)
        setOutcomes((last) => new Map(last).set(submission.id, outcome))
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['queue'] }),
  })
  const isOver = outcomes.size === listed.length
  const failed = listed.filter(({ id }) => outcomes.get(id)?.isDone === false).map(({ id }) => id)
  const isReady = isReasonReady(decision, reason)
  const close = () => onClose(outcomes.size > 0 ? failed : undefined)
  return (
    <Dialog
      open
      onClose={close}
      busy={running.isPending}
      isWide
      title={`${decision.label}: ${plural(listed.length, 'submission')}`}
    >
      {!isOver && (
        <ReasonField
          decision={decision}
          hint="At least 4 characters. All of them get the same."
          given={reason}
          onGive={setReason}
        />
      )}
      <div className="dialog-scroll" {...scrollable('One by one')}>
        <ul className="list">
          {listed.map((submission) => (
            <Line
              key={submission.id}
              submission={submission}
              outcome={outcomes.get(submission.id)}
              isRunning={running.isPending}
            />
          ))}
        </ul>
      </div>
      <output className="small">
        {isOver && `${listed.length - failed.length} done, ${failed.length} not.`}
      </output>
      <footer className="dialog-foot">
        <Button onClick={close}>{isOver ? 'Close' : 'Cancel'}</Button>
        {!isOver && (
          <Button
            look={decision.look === 'danger' ? 'danger-strong' : 'primary'}
            disabled={!isReady}
            busy={running.isPending}
            onClick={() => running.mutate()}
          >
            {decision.label}
          </Button>
        )}
      </footer>
    </Dialog>
  )
}

async function tryOne(
  decision: Decision,
  submission: SubmissionView,
  reason: GivenReason,
): Promise<Outcome> {
  try {
    await decision.send(submission, { ...reason, text: reason.text.trim(), hidesOnFail: false })
    return { isDone: true }
  } catch (error) {
    const why = error instanceof CountersignError ? error.problem.title : String(error)
    return { isDone: false, why }
  }
}

function Line(props: {
  submission: SubmissionView
  outcome: Outcome | undefined
  isRunning: boolean
}) {
  const { submission, outcome, isRunning } = props
  return (
    <li>
      <span className="grow">
        <InertText text={submission.name} /> <span className="quiet">v{submission.version_no}</span>
      </span>
      <StatusBadge {...submission} />
      {outcome ? (
        <Mark tone={outcome.isDone ? 'green' : 'red'}>{outcome.isDone ? 'done' : outcome.why}</Mark>
      ) : (
        <span className="small quiet">{isRunning ? 'waits' : 'not yet'}</span>
      )}
    </li>
  )
}
