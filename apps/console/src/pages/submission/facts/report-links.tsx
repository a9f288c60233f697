import type { SubmissionView } from '@countersign/sdk'
import { Link } from '@tanstack/react-router'
import { useMe } from '../../../session/session.ts'

const formats = [
  ['json', 'JSON'],
  ['sarif', 'SARIF'],
] as const

/** The findings as files for other programs, and where everything that happened is written down. */
export function ReportLinks({
  submission: { id, name, version_no: n },
}: {
  submission: SubmissionView
}) {
  const { isAdmin } = useMe()
  return (
    <p className="panel-body small row">
      <span className="quiet">Download the report:</span>
      {formats.map(([format, label]) => (
        <a
          key={format}
          href={`/api/store/submissions/${id}/report?format=${format}`}
          download={`${name}-v${n}.${format}`}
        >
          {label}
        </a>
      ))}
      {isAdmin && (
        <Link to="/audit" search={{ resource: `submission:${id}` }}>
          Its audit entries
        </Link>
      )}
    </p>
  )
}
