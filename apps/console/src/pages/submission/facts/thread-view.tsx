import { Age } from '../../../components/age.tsx'
import { InertText } from '../../../components/inert-text.tsx'
import { Mark } from '../../../components/mark.tsx'
import { Message } from '../../../components/page-state.tsx'
import { wordsOfReason } from '../../../decide/reasons.ts'
import type { Opened } from '../submission-queries.ts'
import { actionWords } from './action-words.ts'
import { ActorName } from './actor-name.tsx'

/** What people gave as their reasons, as a conversation. The submitter sees them too. */
export function ThreadView({ opened }: { opened: Opened }) {
  const { thread } = opened
  if (thread.length === 0) return <Message title="Nobody has given a reason yet" />
  return (
    <ol className="thread panel-body">
      {thread.map(({ id, at, by, verdict, reason_code: code, text }) => (
        <li key={id}>
          <p className="small">
            <ActorName id={by} kind="user" opened={opened} />{' '}
            {actionWords(`store.submission.${verdict}`)}{' '}
            <span className="quiet">
              <Age at={at} /> ago
            </span>
            {code && <Mark tone="gray">{wordsOfReason(code)}</Mark>}
          </p>
          <p className="said">
            <InertText text={text} />
          </p>
        </li>
      ))}
    </ol>
  )
}
