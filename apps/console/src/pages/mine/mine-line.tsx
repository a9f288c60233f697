import type { SubmissionView } from '@countersign/sdk'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Age } from '../../components/age.tsx'
import { InertText } from '../../components/inert-text.tsx'
import { StatusBadge } from '../../components/status-badge.tsx'
import { Button } from '../../kit/button.tsx'
import { countersign } from '../../session/client.ts'
import { describeState } from '../../wording/describe-state.ts'
import { spellInvisible } from '../../wording/invisible.ts'
import { formatSpan } from '../../wording/numbers.ts'
import { ReportLinks } from '../submission/facts/report-links.tsx'
import { AppealDialog } from './appeal-dialog.tsx'

/** One submission with the sentence that says who acts next, and what can be done about a refusal. */
export function MineLine({ submission }: { submission: SubmissionView }) {
  const { id, entity_id: entityId, name, version_no: n, waiting_on: waitingOn } = submission
  const isOvertaken = (submission.entity_version_no ?? 0) > n
  const { what, next } = describeState({ ...submission, isMine: true })
  return (
    <li>
      <StatusBadge {...submission} />
      <div className="grow">
        <p>
          <Link to="/submissions/$id" params={{ id }}>
            <InertText text={name} /> v{n}
          </Link>{' '}
          <span className="quiet">{what}</span>
        </p>
        <p className="small quiet">
          {next}
          {waitingOn === 'reviewer' && <Lately />}
        </p>
        {waitingOn === 'submitter' && !isOvertaken && <Refused submission={submission} />}
      </div>
      <Link to="/entities/$id" params={{ id: entityId }} className="small">
        All versions<span className="unseen"> of {spellInvisible(name)}</span>
      </Link>
      <Age at={submission.created_at} />
    </li>
  )
}

/** How soon others had their verdict, if any had. */
function Lately() {
  const { data } = useQuery({
    queryKey: ['verdict-times'],
    queryFn: () => countersign.store.verdictTimes(),
  })
  if (typeof data?.median_ms !== 'number') return null
  return <> Lately half of the verdicts came within {formatSpan(data.median_ms)}.</>
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
            at {spellInvisible(name)} v{n}
          </span>
        </Button>
      )}
      {isOpen && <AppealDialog submission={submission} onClose={() => setOpen(false)} />}
    </div>
  )
}
