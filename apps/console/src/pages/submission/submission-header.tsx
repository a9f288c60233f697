import { Link } from '@tanstack/react-router'
import { Age } from '../../components/age.tsx'
import { InertText } from '../../components/inert-text.tsx'
import { Mark } from '../../components/mark.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { StateSentence, StatusBadge } from '../../components/status-badge.tsx'
import { useMe } from '../../session/session.ts'
import { gainLabels } from '../../wording/describe-capability.ts'
import { worstSeverity } from '../../wording/findings.ts'
import { lastReason } from '../../wording/last-reason.ts'
import { formatBytes } from '../../wording/numbers.ts'
import { ClaimButton } from './claim-button.tsx'
import type { Opened } from './submission-queries.ts'

/** What it is, whose it is, how it stands and who acts next: the least one must read. */
export function SubmissionHeader({ opened }: { opened: Opened }) {
  const { id: me } = useMe()
  const { submission, thread } = opened
  const { name, type, version_no: n } = submission
  const severity = worstSeverity(submission)
  return (
    <header className="submission-head">
      <div className="row">
        <h1>
          <InertText text={name} /> <span className="quiet">v{n}</span>
        </h1>
        <StatusBadge {...submission} />
        {severity && <SeverityMark severity={severity} />}
        {gainLabels(submission.capability_delta).map((gain) => (
          <Mark key={gain} tone="violet">
            {gain}
          </Mark>
        ))}
        <ClaimButton submission={submission} />
        <span className="submission-facts small quiet">
          <span>{type}</span>
          <span>
            by <bdi>{submission.submitter.email}</bdi>
          </span>
          <span>
            <Age at={submission.created_at} /> ago
          </span>
          <span>{formatBytes(submission.file_size)}</span>
          <span className="num">revision {submission.revision}</span>
          <Link to="/entities/$id" params={{ id: submission.entity_id }}>
            Entity
          </Link>
        </span>
      </div>
      <StateSentence
        subject={{
          ...submission,
          reason: lastReason(submission, thread),
          isMine: submission.submitter.id === me,
        }}
      />
    </header>
  )
}
