import type { ApprovalView } from '@countersign/sdk'
import {
  CircleCheck,
  CircleX,
  Clock,
  Hourglass,
  type LucideIcon,
  ShieldCheck,
  Undo2,
} from 'lucide-react'
import { Mark } from '../../components/mark.tsx'
import {
  type ApprovalStatus,
  approvalStatusAt,
  approvalWords,
} from '../../wording/describe-approval.ts'
import { formatCountdown } from '../../wording/numbers.ts'

const icons: Readonly<Record<ApprovalStatus, LucideIcon>> = {
  pending: Hourglass,
  approved: CircleCheck,
  used: ShieldCheck,
  denied: CircleX,
  expired: Clock,
  cancelled: Undo2,
  revoked: Undo2,
  lapsed: Clock,
}

/** The status of a request as of a moment, as sign, colour and word. */
export function ApprovalStatusMark({ approval, now }: { approval: ApprovalView; now: number }) {
  const status = approvalStatusAt(approval, now)
  const { word, tone } = approvalWords[status]
  return (
    <Mark tone={tone} icon={icons[status]}>
      {word}
    </Mark>
  )
}

/** How long there is left to answer, or to use the answer; nothing where nothing runs out. */
export function TimeLeft({ approval, now }: { approval: ApprovalView; now: number }) {
  const status = approvalStatusAt(approval, now)
  const end =
    status === 'pending'
      ? approval.expires_at
      : status === 'approved'
        ? approval.use_expires_at
        : null
  if (!end) return <span className="quiet">–</span>
  return (
    <time dateTime={end} className="num nowrap" title={new Date(end).toLocaleString()}>
      {formatCountdown(Date.parse(end) - now)}
    </time>
  )
}
