import type { ChecksView, FindingView } from '@countersign/sdk'
import { Ban, CircleCheck, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { Tone } from '../wording/status-words.ts'
import { InertText } from './inert-text.tsx'
import { Mark } from './mark.tsx'
import { SeverityMark } from './severity-mark.tsx'

type Status = ChecksView[keyof ChecksView]['status']

const looks: Readonly<Record<Status, { word: string; tone: Tone; icon: LucideIcon }>> = {
  pass: { word: 'passed', tone: 'green', icon: CircleCheck },
  warn: { word: 'noted', tone: 'amber', icon: TriangleAlert },
  fail: { word: 'blocked', tone: 'red', icon: Ban },
}

export const checkWords: Readonly<Record<keyof ChecksView, string>> = {
  manifest: 'Manifest',
  static_security: 'Static security',
  content: 'Content',
  quality: 'Quality',
}

/** Whether a check passed, as sign, colour and word. */
export function CheckMark({ status }: { status: Status }) {
  const { word, tone, icon } = looks[status]
  return (
    <Mark tone={tone} icon={icon} isBare>
      {word}
    </Mark>
  )
}

/** What each check made of a bundle, with every finding as it is. */
export function CheckResults({ checks }: { checks: ChecksView }) {
  return (
    <ul className="stack">
      {Object.entries(checks).map(([name, { status, findings }]) => (
        <li key={name} className="panel">
          <h3 className="panel-head">
            {checkWords[name as keyof ChecksView]} <CheckMark status={status} />
          </h3>
          {findings.length > 0 && (
            <ol className="list">
              {findings.map((finding, place) => (
                <Found key={`${finding.fingerprint} ${finding.line} ${place}`} finding={finding} />
              ))}
            </ol>
          )}
        </li>
      ))}
    </ul>
  )
}

function Found({ finding }: { finding: FindingView }) {
  const { severity, rule_id: rule, file, line, message, fix_hint: hint } = finding
  return (
    <li className="finding-line">
      <span className="row">
        <SeverityMark severity={severity} />
        <code className="small">{rule}</code>
        {file && (
          <code className="small">
            <InertText text={line ? `${file}:${line}` : file} />
          </code>
        )}
      </span>
      <span className="finding-text">
        <InertText text={message} />
      </span>
      {hint && (
        <span className="finding-text quiet">
          To fix it: <InertText text={hint} />
        </span>
      )}
    </li>
  )
}
