import type { SubmissionView } from '@countersign/sdk'
import { CountersignError } from '@countersign/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { scrollable } from '../../../components/scrollable.ts'
import type { Decision } from '../../../decide/decisions.ts'
import { isReasonReady, noReason, ReasonField } from '../../../decide/reason-field.tsx'
import type { GivenReason } from '../../../decide/reasons.ts'
import { Button } from '../../../kit/button.tsx'
import { Dialog } from '../../../kit/dialog.tsx'
import { CheckBox } from '../../../kit/field.tsx'
import { hasGains } from '../../../wording/describe-capability.ts'
import { plural } from '../../../wording/numbers.ts'
import { BulkLine, type Outcome } from './bulk-line.tsx'

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
  const [hasRead, setHasRead] = useState(false)
  const { outcomes, failed, isOver, running } = useDeciding(decision, listed)
  const isApproval = decision.key === 'approve'
  const asksToRead = isApproval && listed.some((it) => hasGains(it.capability_delta))
  const isReady = isReasonReady(decision, reason) && (!asksToRead || hasRead)
  const close = () => onClose(outcomes.size > 0 ? failed : undefined)
  return (
    <Dialog
      open
      onClose={close}
      busy={running.isPending}
      isWide
      title={`${decision.label}: ${plural(listed.length, 'submission')}`}
      description={isApproval && <SameBytes hash={listed[0]?.content_hash} />}
    >
      {!isOver && (
        <ReasonField
          decision={decision}
          hint={hints[decision.text]}
          given={reason}
          onGive={setReason}
        />
      )}
      <div className="dialog-scroll" {...scrollable('One by one')}>
        <ul className="list">
          {listed.map((submission) => (
            <BulkLine
              key={submission.id}
              submission={submission}
              showsGains={isApproval}
              outcome={outcomes.get(submission.id)}
              isRunning={running.isPending}
            />
          ))}
        </ul>
      </div>
      {asksToRead && !isOver && (
        <CheckBox checked={hasRead} onChange={setHasRead}>
          I have read what each of them gains
        </CheckBox>
      )}
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
            onClick={() => running.mutate(reason)}
          >
            {decision.label}
          </Button>
        )}
      </footer>
    </Dialog>
  )
}

const hints = {
  needed: 'At least 4 characters. All of them get the same.',
  possible: 'If there is something to say. All of them get the same.',
  none: '',
}

/** Decides on one after the other, and keeps what became of each. */
function useDeciding(decision: Decision, listed: readonly SubmissionView[]) {
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const client = useQueryClient()
  const running = useMutation({
    mutationFn: async (reason: GivenReason) => {
      for (const submission of listed) {
        const outcome = await tryOne(decision, submission, reason)
        setOutcomes((last) => new Map(last).set(submission.id, outcome))
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['queue'] }),
  })
  const failed = listed.filter(({ id }) => outcomes.get(id)?.isDone === false).map(({ id }) => id)
  return { outcomes, failed, isOver: outcomes.size === listed.length, running }
}

/** Why these may be approved at once. */
function SameBytes({ hash = '' }: { hash?: string | undefined }) {
  return (
    <p>
      All of them have the same bytes (<code title={hash}>{hash.slice(0, 12)}</code>): what was read
      in one stands in each. Installers will get every one of them.
    </p>
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
