import type { RemarkView } from '@countersign/sdk'
import { Age } from '../../../components/age.tsx'
import { InertText } from '../../../components/inert-text.tsx'
import { Mark } from '../../../components/mark.tsx'
import { Message } from '../../../components/page-state.tsx'
import { wordsOfReason } from '../../../decide/reasons.ts'
import type { Opened } from '../submission-queries.ts'
import { actionWords } from './action-words.ts'
import { ActorName } from './actor-name.tsx'
import { CommentForm, type Place } from './comment-form.tsx'

/** What people said: their reasons, messages to and fro, and the notes that only admins see. */
export function ThreadView(props: {
  opened: Opened
  /** What one is about to comment on; a new one takes the focus to the form. */
  about: Place | undefined
  onAbout: (about: Place | undefined) => void
  onGoTo: (file: string, line?: number) => void
}) {
  const { opened, about, onAbout, onGoTo } = props
  const { thread } = opened
  return (
    <>
      {thread.length === 0 && <Message title="Nobody has said anything yet" />}
      <ol className="thread panel-body">
        {thread.map((remark) => (
          <Remark key={remark.id} remark={remark} opened={opened} onGoTo={onGoTo} />
        ))}
      </ol>
      <CommentForm opened={opened} about={about} onAbout={onAbout} />
    </>
  )
}

function Remark(props: {
  remark: RemarkView
  opened: Opened
  onGoTo: (file: string, line?: number) => void
}) {
  const { opened, onGoTo } = props
  const { at, by, kind, verdict, reason_code: code, file, line, text } = props.remark
  return (
    <li data-kind={kind}>
      <p className="small">
        <ActorName id={by} kind="user" opened={opened} />{' '}
        {verdict ? actionWords(`store.submission.${verdict}`) : 'wrote'}{' '}
        <span className="quiet">
          <Age at={at} /> ago
        </span>{' '}
        {code && <Mark tone="gray">{wordsOfReason(code)}</Mark>}
        {kind === 'note' && <Mark tone="amber">Note: only admins read it</Mark>}
      </p>
      {file && (
        <p className="small">
          <button type="button" className="link" onClick={() => onGoTo(file, line ?? 1)}>
            <InertText text={file} />
            {line && `:${line}`}
          </button>
        </p>
      )}
      <p className="said">
        <InertText text={text} />
      </p>
    </li>
  )
}
