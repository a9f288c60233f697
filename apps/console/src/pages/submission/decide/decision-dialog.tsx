import type { EntityView, SubmissionView } from '@countersign/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Note } from '../../../components/note.tsx'
import { scrollable } from '../../../components/scrollable.ts'
import { type Decision, describeEffect } from '../../../decide/decisions.ts'
import { isReasonReady, noReason, ReasonField } from '../../../decide/reason-field.tsx'
import { useHotkeys } from '../../../hotkeys/use-hotkeys.ts'
import { Button } from '../../../kit/button.tsx'
import { Dialog } from '../../../kit/dialog.tsx'
import { CheckBox } from '../../../kit/field.tsx'
import { toast } from '../../../kit/toasts.tsx'
import { isProblem } from '../../../session/query-client.ts'
import { hasGains } from '../../../wording/describe-capability.ts'
import { allFindings } from '../../../wording/findings.ts'
import { Capabilities } from '../facts/capabilities.tsx'

/** The last look before a decision: what it brings about, what it is about, and the reason for it. */
export function DecisionDialog(props: {
  decision: Decision
  submission: SubmissionView
  entity: EntityView
  onClose: () => void
  onDecided: () => void
  /** It had changed: nothing was decided. */
  onRefused: () => void
}) {
  const { decision, submission, entity, onClose, onDecided, onRefused } = props
  const [reason, setReason] = useState(noReason)
  const [hidesOnFail, setHidesOnFail] = useState(false)
  const [hasRead, setHasRead] = useState(false)
  const asksToRead = decision.key === 'approve' && hasGains(submission.capability_delta)
  const tellDone = useTellingDone(decision)
  const deciding = useMutation({
    mutationFn: () =>
      decision.send(submission, { ...reason, text: reason.text.trim(), hidesOnFail }),
    onSuccess: (decided) => {
      tellDone(decided)
      onDecided()
    },
    onError: (error) => {
      if (!isProblem(error, 'precondition_failed')) return
      toast('Somebody was faster: it changed, and nothing was decided.', { tone: 'red' })
      onRefused()
    },
  })
  const isReady = isReasonReady(decision, reason) && (!asksToRead || hasRead)
  const commit = () => isReady && !deciding.isPending && deciding.mutate()
  useHotkeys('This decision', [{ keys: 'Ctrl+Enter', does: decision.label, run: commit }])
  return (
    <Dialog
      open
      onClose={onClose}
      busy={deciding.isPending}
      title={`${decision.label}: ${submission.name} v${submission.version_no}`}
      description={describeEffect(decision.key, submission, entity)}
    >
      {asksToRead && <Gains submission={submission} hasRead={hasRead} onRead={setHasRead} />}
      <ReasonField
        decision={decision}
        findings={allFindings(submission)}
        given={reason}
        onGive={setReason}
      />
      {decision.key === 'rescan' && (
        <CheckBox checked={hidesOnFail} onChange={setHidesOnFail}>
          Take a live version out of service for any bad outcome, not only for a critical one
        </CheckBox>
      )}
      {deciding.error && <Note tone="red" title={deciding.error.message} isNews />}
      <footer className="dialog-foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look={decision.look === 'danger' ? 'danger-strong' : 'primary'}
          disabled={!isReady}
          busy={deciding.isPending}
          onClick={commit}
        >
          {decision.label}
          <kbd aria-hidden>Ctrl ↵</kbd>
        </Button>
      </footer>
    </Dialog>
  )
}

/** What the version gains, with the word of the reader that they have read it. */
function Gains(props: {
  submission: SubmissionView
  hasRead: boolean
  onRead: (hasRead: boolean) => void
}) {
  return (
    <>
      <div className="dialog-scroll" {...scrollable('What this version gains')}>
        <Capabilities submission={props.submission} />
      </div>
      <CheckBox checked={props.hasRead} onChange={props.onRead}>
        I have read what this version gains
      </CheckBox>
    </>
  )
}

/** Says that it was decided, and for a while offers the decision that takes it back. */
function useTellingDone({ label, undo }: Decision): (decided: SubmissionView) => void {
  const client = useQueryClient()
  return (decided) => {
    const name = `${decided.name} v${decided.version_no}`
    const takeBack = async (take: NonNullable<typeof undo>) => {
      await take(decided).then(
        () => toast(`${name} is in review again.`),
        (error: Error) => toast(error.message, { tone: 'red' }),
      )
      await client.invalidateQueries({ queryKey: ['submission', decided.id] })
    }
    toast(`${label}: done for ${name}.`, undo && { undo: () => void takeBack(undo) })
  }
}
