import type { SubmissionView } from '@countersign/sdk'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Age } from '../../components/age.tsx'
import { StatusBadge } from '../../components/status-badge.tsx'
import { Button } from '../../kit/button.tsx'
import { describeState } from '../../wording/describe-state.ts'
import { formatSpan } from '../../wording/numbers.ts'
import { ReportLinks } from '../submission/facts/report-links.tsx'
import { AppealDialog } from './appeal-dialog.tsx'

/** One submission with the sentence that says who acts next, and what can be done about a refusal. */
export function MineLine(props: {
  submission: SubmissionView
  /** How long a verdict usually takes, if that is known. */
  usualMs: number | null
}) {
  const { submission, usualMs } = props
  const { id, entity_id: entityId, name, version_no: n, waiting_on: waitingOn } = submission
  const isOvertaken = (submission.entity_version_no ?? 0) > n
  const { what, next } = describeState({ ...submission, isMine: true })
  return (
    <li>
      <StatusBadge {...submission} />
      <div className="grow">
        <p>
          <Link to="/submissions/$id" params={{ id }}>
            {name} v{n}
          </Link>{' '}
          <span className="quiet">{what}</span>
        </p>
        <p className="small quiet">
          {next}
          {waitingOn === 'reviewer' &&
            usualMs !== null &&
            ` Lately half of the verdicts came within ${formatSpan(usualMs)}.`}
        </p>
        {waitingOn === 'submitter' && !isOvertaken && <Refused submission={submission} />}
      </div>
      <Link to="/entities/$id" params={{ id: entityId }} className="small">
        All versions<span className="unseen"> of {name}</span>
      </Link>
      <Age at={submission.created_at} />
    </li>
  )
}

/** What was found, to take along; and the way to ask for another look. */
function Refused({ submission }: { submission: SubmissionView }) {
  const { name, version_no: n, appealed_at: appealedAt } = submission
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="row line-actions">
      <ReportLinks submission={submission} />
      {appealedAt ? (
        <span className="small">
          You asked for another look <Age at={appealedAt} /> ago. An admin acts next.
        </span>
      ) : (
        <Button size="s" onClick={() => setOpen(true)}>
          Ask for another look
          <span className="unseen">
            {' '}
            at {name} v{n}
          </span>
        </Button>
      )}
      {isOpen && <AppealDialog submission={submission} onClose={() => setOpen(false)} />}
    </div>
  )
}
