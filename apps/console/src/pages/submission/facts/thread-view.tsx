import { Age } from '../../../components/age.tsx'
import { InertText } from '../../../components/inert-text.tsx'
import { Message } from '../../../components/page-state.tsx'
import type { Opened } from '../submission-queries.ts'
import { actionWords } from './action-words.ts'
import { ActorName } from './actor-name.tsx'
import type { Said } from './thread.ts'

/** What people gave as their reasons, as a conversation. The submitter sees them too. */
export function ThreadView({ thread, opened }: { thread: readonly Said[]; opened: Opened }) {
  if (thread.length === 0) return <Message title="Nobody has given a reason yet" />
  return (
    <ol className="thread panel-body">
      {thread.map(({ id, at, actorId, action, text }) => (
        <li key={id}>
          <p className="small">
            <ActorName id={actorId} kind="user" opened={opened} /> {actionWords(action)}{' '}
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
