import type { SubmissionView } from '@countersign/sdk'
import {
  Ban,
  CircleCheck,
  CircleX,
  Hourglass,
  type LucideIcon,
  PauseCircle,
  ShieldCheck,
  ShieldX,
  Trash2,
  TriangleAlert,
  Undo2,
  UserRound,
} from 'lucide-react'
import { describeState, type Subject } from '../wording/describe-state.ts'
import { type Status, wordOf } from '../wording/status-words.ts'
import { InertText } from './inert-text.tsx'
import { Mark } from './mark.tsx'

const icons: Readonly<Record<Status, LucideIcon>> = {
  pending_llm: Hourglass,
  needs_human: UserRound,
  approved: CircleCheck,
  blocked_inline: Ban,
  blocked_llm: ShieldX,
  review_error: TriangleAlert,
  overridden: ShieldCheck,
  rejected: CircleX,
  withdrawn: Undo2,
  deleted: Trash2,
}

/** The status of a submission, as sign, colour and word. */
export function StatusBadge(props: Pick<SubmissionView, 'status' | 'hold_reason'>) {
  const { word, tone } = wordOf(props)
  return (
    <Mark tone={tone} icon={word === 'Held' ? PauseCircle : icons[props.status]}>
      {word}
    </Mark>
  )
}

/** The state of a submission in sentences: what happened, why, and who acts next. */
export function StateSentence({ subject }: { subject: Subject }) {
  const { tone, what, why, next } = describeState(subject)
  return (
    <div className="state" data-tone={tone}>
      <p>
        <strong>{what}</strong> <InertText text={why} />
      </p>
      <p className="next">{next}</p>
    </div>
  )
}
