import type { FindingView } from '@countersign/sdk'
import { useState } from 'react'
import { InertText } from '../../../components/inert-text.tsx'
import { Message } from '../../../components/page-state.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { Button } from '../../../kit/button.tsx'
import { FindingActions } from '../../../suppress/finding-actions.tsx'
import { worstFirst } from '../../../wording/findings.ts'
import { plural } from '../../../wording/numbers.ts'
import { KnownMark } from './known-mark.tsx'

const pageSize = 100

/** Every finding, the worst first, each with the way to its line. */
export function FindingsList(props: {
  findings: readonly FindingView[]
  onGoTo: (file: string, line?: number) => void
}) {
  const { findings, onGoTo } = props
  const [count, setCount] = useState(pageSize)
  if (findings.length === 0) return <Message title="Nothing was found" />
  const rest = findings.length - count
  return (
    <>
      <ol className="list">
        {worstFirst(findings)
          .slice(0, count)
          .map((finding, place) => (
            <Line
              key={`${finding.fingerprint} ${finding.file} ${finding.line} ${place}`}
              finding={finding}
              onGoTo={onGoTo}
            />
          ))}
      </ol>
      {rest > 0 && (
        <p className="panel-body">
          <Button size="s" onClick={() => setCount(count + pageSize)}>
            Show more: {plural(rest, 'finding')} left
          </Button>
        </p>
      )}
    </>
  )
}

function Line(props: { finding: FindingView; onGoTo: (file: string, line?: number) => void }) {
  const { finding, onGoTo } = props
  const { file, line, severity, rule_id: rule, message } = finding
  return (
    <li className="finding-line">
      <span className="row">
        <SeverityMark severity={severity} />
        <code className="small">{rule}</code>
        <KnownMark finding={finding} />
      </span>
      <span className="finding-text">
        <InertText text={message} />
      </span>
      {file ? (
        <button type="button" className="link" onClick={() => onGoTo(file, line ?? 1)}>
          <InertText text={file} />
          {line && `:${line}`}
        </button>
      ) : (
        <span className="small quiet">about the bundle as a whole</span>
      )}
      <FindingActions finding={finding} />
    </li>
  )
}
