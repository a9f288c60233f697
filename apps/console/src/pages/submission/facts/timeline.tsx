import type { AdminSubmissionView } from '@countersign/sdk'
import { Age } from '../../../components/age.tsx'
import { InertText } from '../../../components/inert-text.tsx'
import type { Opened } from '../submission-queries.ts'
import { actionWords } from './action-words.ts'
import { ActorName } from './actor-name.tsx'

/** Everything that happened to it, newest first, as the audit has it. */
export function Timeline(props: { timeline: AdminSubmissionView['timeline']; opened: Opened }) {
  const { timeline, opened } = props
  const newestFirst = timeline.toSorted((a, b) => (a.at < b.at ? 1 : -1))
  return (
    <ol className="timeline panel-body">
      {newestFirst.map(({ id, at, actor, action, params }) => (
        <li key={id}>
          <p>
            <ActorName id={actor.id} kind={actor.kind} opened={opened} /> {actionWords(action)}
            {typeof params.version_no === 'number' && ` (v${params.version_no})`}
          </p>
          {typeof params.reason === 'string' && (
            <p className="quiet said">
              <InertText text={params.reason} />
            </p>
          )}
          <p className="small quiet">
            <Age at={at} /> ago · <code>{action}</code>
          </p>
        </li>
      ))}
    </ol>
  )
}
