import type { ApprovalView, ExecutionView } from '@countersign/sdk'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { InertText } from '../../components/inert-text.tsx'
import { Mark } from '../../components/mark.tsx'
import { CopyButton } from '../../kit/copy-button.tsx'
import { useMe } from '../../session/session.ts'
import type { Tone } from '../../wording/status-words.ts'
import { executionQuery, workspaceNamesQuery } from './approvals-queries.ts'
import { Requester } from './approvals-table.tsx'

const systems: Readonly<Record<string, string>> = {
  'system:timeout': 'nobody: its time ran out',
  'system:reviewer': 'the reviewer model',
}

/** Who asked, where, what binds the answer, who gave it, and what came of it. */
export function ApprovalFacts({ approval }: { approval: ApprovalView }) {
  const { id: me } = useMe()
  const { data: names } = useQuery(workspaceNamesQuery)
  const { decided_by: by, session_id: sessionId } = approval
  const facts: readonly (readonly [term: string, fact: ReactNode])[] = [
    ['Asked by', <Requester key="by" {...approval.requester} />],
    ['Workspace', names?.get(approval.workspace_id) ?? approval.workspace_id],
    ...(sessionId
      ? [['Session', <Id key="session" id={sessionId} label="the session" />] as const]
      : []),
    ['Request hash', <Id key="hash" id={approval.request_hash} label="the hash" />],
    ['Asked at', <Moment key="at" at={approval.created_at} />],
    ['To be answered by', <Moment key="end" at={approval.expires_at} />],
    ...(by
      ? [
          [
            'Answered by',
            by === me ? 'you' : (systems[by] ?? <Id key="d" id={by} label="the id" />),
          ] as const,
        ]
      : []),
    ...(approval.decided_at
      ? [['Answered at', <Moment key="decided" at={approval.decided_at} />] as const]
      : []),
    ...(approval.consumed_at
      ? [['Used at', <Moment key="used" at={approval.consumed_at} />] as const]
      : []),
    ...(approval.execution_id
      ? [['What came of it', <Execution key="x" id={approval.execution_id} />] as const]
      : []),
  ]
  return (
    <section className="panel">
      <h2 className="panel-head">Facts</h2>
      <dl className="facts panel-body">
        {facts.map(([term, fact]) => (
          <Fact key={term} term={term}>
            {fact}
          </Fact>
        ))}
      </dl>
    </section>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Id({ id, label }: { id: string; label: string }) {
  return (
    <span className="row">
      <span className="mono ellipsis">{id}</span>
      <CopyButton text={id} label={`Copy ${label}`} />
    </span>
  )
}

function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} className="num">
      {new Date(at).toLocaleString()}
    </time>
  )
}

const ends: Readonly<Record<ExecutionView['status'], { word: string; tone: Tone }>> = {
  started: { word: 'Started', tone: 'blue' },
  succeeded: { word: 'Succeeded', tone: 'green' },
  failed: { word: 'Failed', tone: 'red' },
  unknown: { word: 'Nobody reported', tone: 'amber' },
}

function Execution({ id }: { id: string }) {
  const { data } = useQuery(executionQuery(id))
  if (!data) return <Id id={id} label="the execution" />
  const { word, tone } = ends[data.status]
  return (
    <span className="row">
      <Mark tone={tone}>{word}</Mark>
      {data.error && <InertText text={data.error} />}
    </span>
  )
}
