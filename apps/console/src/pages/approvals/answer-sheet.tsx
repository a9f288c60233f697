import type { ApprovalView } from '@countersign/sdk'
import { useState } from 'react'
import { InertText } from '../../components/inert-text.tsx'
import { useHotkeys } from '../../hotkeys/use-hotkeys.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { TextArea } from '../../kit/field.tsx'

export type Answer = 'approve' | 'deny'

const words = {
  approve: {
    title: 'Approve this?',
    label: 'Comment (may be left empty)',
    button: 'Approve',
    look: 'primary',
    effect: 'It may then run once, with exactly the context you saw.',
  },
  deny: {
    title: 'Deny this?',
    label: 'Why not?',
    button: 'Deny',
    look: 'danger-strong',
    effect: 'Nothing runs. Whoever asked reads your reason.',
  },
} as const

/** The last look before an answer goes out. `Ctrl+Enter` sends it. */
export function AnswerSheet(props: {
  answer: Answer
  approval: ApprovalView
  busy: boolean
  wrong: string | undefined
  onClose: () => void
  onSend: (comment: string) => void
}) {
  const { answer, approval, busy, wrong, onClose, onSend } = props
  const [comment, setComment] = useState('')
  const { title, label, button, look, effect } = words[answer]
  const isReady = answer === 'approve' || comment.trim() !== ''
  const send = () => isReady && !busy && onSend(comment.trim())
  useHotkeys('Answer', [{ keys: 'Ctrl+Enter', does: button, run: send }])
  return (
    <Dialog open onClose={onClose} title={title} description={effect} busy={busy}>
      <dl className="facts">
        <dt>Action</dt>
        <dd className="mono">
          <InertText text={approval.action} />
        </dd>
        <dt>Hash</dt>
        <dd className="mono">{approval.request_hash.slice(0, 16)}…</dd>
      </dl>
      <TextArea
        label={label}
        rows={3}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
        wrong={wrong}
      />
      <footer className="dialog-foot">
        <Button onClick={onClose}>Not yet</Button>
        <Button look={look} disabled={!isReady} busy={busy} onClick={send}>
          {button}
        </Button>
      </footer>
    </Dialog>
  )
}
