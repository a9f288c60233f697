import { Age } from '../../../components/age.tsx'
import { InertText } from '../../../components/inert-text.tsx'
import { Message } from '../../../components/page-state.tsx'
import type { Opened } from '../submission-queries.ts'
import { actionWords } from './action-words.ts'
import { ActorName } from './actor-name.tsx'

/** What people gave as their reasons, as a conversation. The submitter sees them too. */
export function ThreadView({ opened }: { opened: Opened }) {
  const { thread } = opened
  if (thread.length === 0) return <Message title="Nobody has given a reason yet" />
  return (
    <ol className="thread panel-body">
      {thread.map(({ id, at, by, verdict, text }) => (
        <li key={id}>
          <p className="small">
            <ActorName id={by} kind="user" opened={opened} />{' '}
            {actionWords(`store.submission.${verdict}`)}{' '}
            <span className="quiet">
              <Age at={at} /> ago
            </span>
          </p>
          <p>
            <InertText text={text} />
          </p>
        </li>
      ))}
    </ol>
  )
}
