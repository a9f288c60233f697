import type { SubmissionView } from '@countersign/sdk'
import { Link } from '@tanstack/react-router'
import { Bot, type LucideIcon, Package, Sparkles } from 'lucide-react'
import { ClaimMark } from '../../components/claim-mark.tsx'
import { InertText } from '../../components/inert-text.tsx'
import { Mark } from '../../components/mark.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { StatusBadge } from '../../components/status-badge.tsx'
import { gainLabels } from '../../wording/describe-capability.ts'
import { worstSeverity } from '../../wording/findings.ts'
import { spellInvisible } from '../../wording/invisible.ts'
import { holdWords } from '../../wording/status-words.ts'
import { Due } from './due.tsx'

const typeIcons: Readonly<Record<SubmissionView['type'], LucideIcon>> = {
  skill: Sparkles,
  agent: Bot,
  plugin: Package,
}

const gainsShown = 3

/** A submission in one line. */
export function QueueRow(props: {
  row: SubmissionView
  isGone: boolean
  from: string
  isSelected: boolean
  onSelect: (isRange: boolean) => void
}) {
  const { row, isGone, from, isSelected, onSelect } = props
  const TypeIcon = typeIcons[row.type]
  const severity = worstSeverity(row)
  return (
    <tr data-gone={isGone || undefined} data-selected={isSelected || undefined}>
      <td className="cell-select">
        <input
          type="checkbox"
          aria-label={`Select ${spellInvisible(row.name)} v${row.version_no}`}
          checked={isSelected}
          onClick={(event) => onSelect(event.shiftKey)}
          readOnly
        />
      </td>
      <td>
        <StatusBadge {...row} />
        {isGone && <span className="small quiet"> · no longer in this view</span>}
      </td>
      <td>
        <span className="cell-name">
          <TypeIcon size={15} aria-label={row.type} />
          <Link
            to="/submissions/$id"
            params={{ id: row.id }}
            search={{ from }}
            className="row-link"
            title={spellInvisible(row.name)}
          >
            <InertText text={row.name} />
          </Link>
          <span className="quiet num">v{row.version_no}</span>
        </span>
      </td>
      <td>
        <Changes row={row} />
      </td>
      <td>
        {severity ? (
          <SeverityMark severity={severity} isBare />
        ) : (
          <span className="small quiet">none</span>
        )}
      </td>
      <td className="cell-submitter" title={row.submitter.email ?? undefined}>
        <bdi>{row.submitter.email}</bdi>
      </td>
      <td className="end">
        <Due row={row} />
      </td>
    </tr>
  )
}

/** Why it waits, whether it is the first of its kind, and what it can do that was not there before. */
function Changes({ row }: { row: SubmissionView }) {
  const gains = gainLabels(row.capability_delta)
  const more = gains.length - gainsShown
  return (
    <span className="cell-marks">
      <ClaimMark submission={row} />
      {row.appealed_at && <Mark tone="amber">asks for another look</Mark>}
      {row.hold_reason && <Mark tone="amber">{holdWords[row.hold_reason]}</Mark>}
      {row.entity_version_no === null ? (
        <Mark tone="blue">first version</Mark>
      ) : (
        <span className="small quiet num">live: v{row.entity_version_no}</span>
      )}
      {gains.slice(0, gainsShown).map((gain) => (
        <Mark key={gain} tone="violet">
          {gain}
        </Mark>
      ))}
      {more > 0 && <span className="small quiet">and {more} more</span>}
    </span>
  )
}
