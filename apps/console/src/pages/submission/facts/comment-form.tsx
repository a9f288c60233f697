import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { InertText } from '../../../components/inert-text.tsx'
import { Button } from '../../../kit/button.tsx'
import { Select, TextArea } from '../../../kit/field.tsx'
import { toast } from '../../../kit/toasts.tsx'
import { countersign } from '../../../session/client.ts'
import { useMe } from '../../../session/session.ts'
import type { Opened } from '../submission-queries.ts'

/** A place in a file that somebody comments on; without a file, the submission as a whole. */
export interface Place {
  file?: string
  line?: number
}

/** Says something in the thread; it decides nothing. Admins choose whether the submitter reads it. */
export function CommentForm(props: {
  opened: Opened
  about: Place | undefined
  onAbout: (about: Place | undefined) => void
}) {
  const { opened, about, onAbout } = props
  const { isAdmin } = useMe()
  const [text, setText] = useState('')
  const [audience, setAudience] = useState<'submitter' | 'admins'>('submitter')
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (about) area.current?.focus()
  }, [about])
  const sending = useComment(opened, (said) => {
    // What somebody wrote while it was on its way is theirs to send.
    setText((last) => (last.trim() === said ? '' : last))
    onAbout(undefined)
  })
  const isReady = text.trim() !== ''
  return (
    <form
      className="panel-body stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) sending.mutate({ text: text.trim(), audience, ...about })
      }}
    >
      {about?.file && (
        <p className="small row">
          About{' '}
          <code>
            <InertText text={about.file} />
            {about.line && `:${about.line}`}
          </code>
          <Button size="s" look="quiet" onClick={() => onAbout(undefined)}>
            About all of it instead
          </Button>
        </p>
      )}
      <TextArea
        ref={area}
        label={isAdmin ? 'Comment' : 'Comment, which the admins read'}
        hint="It decides nothing."
        value={text}
        maxLength={4000}
        onChange={({ target }) => setText(target.value)}
      />
      {isAdmin && (
        <Select
          label="Who reads it"
          value={audience}
          options={[
            ['submitter', 'The submitter and all admins'],
            ['admins', 'Only admins: a note'],
          ]}
          onChange={({ target }) => setAudience(target.value as typeof audience)}
        />
      )}
      <div className="row">
        <Button type="submit" look="primary" disabled={!isReady} busy={sending.isPending}>
          {audience === 'admins' ? 'Keep the note' : 'Send'}
        </Button>
      </div>
    </form>
  )
}

function useComment({ submission: { id } }: Opened, onSaid: (text: string) => void) {
  const { isAdmin } = useMe()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({
      audience,
      ...said
    }: Place & { text: string; audience: 'submitter' | 'admins' }) =>
      isAdmin
        ? countersign.admin.comment(id, { ...said, audience })
        : countersign.store.comment(id, said),
    onSuccess: (_, { text }) => {
      onSaid(text)
      return client.invalidateQueries({ queryKey: ['submission', id] })
    },
    onError: (error) => toast(error.message, { tone: 'red' }),
  })
}
