import { type ApprovalView, CountersignError } from '@countersign/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, Undo2, X } from 'lucide-react'
import { useState } from 'react'
import { Note } from '../../components/note.tsx'
import { useHotkeys } from '../../hotkeys/use-hotkeys.ts'
import { Button } from '../../kit/button.tsx'
import { countersign } from '../../session/client.ts'
import { useMe } from '../../session/session.ts'
import type { ApprovalStatus } from '../../wording/describe-approval.ts'
import { type Answer, AnswerSheet } from './answer-sheet.tsx'

/** What can be done about a request, by those who may. What has ended cannot be answered any more. */
export function DecisionBar(props: { approval: ApprovalView; status: ApprovalStatus }) {
  const { approval, status } = props
  const [asked, setAsked] = useState<Answer>()
  const { id: me } = useMe()
  const answering = useAnswer(approval)
  const isMine = approval.requester.id === me
  const isOpen = status === 'pending'
  const open = (answer: Answer) => () => isOpen && !isMine && setAsked(answer)
  useHotkeys('Answer', [
    { keys: 'a', does: 'Approve …', run: open('approve') },
    { keys: 'f', does: 'Deny …', run: open('deny') },
  ])
  const close = () => {
    setAsked(undefined)
    answering.reset()
  }
  return (
    <>
      {asked && !isOpen && (
        <Note tone="amber" title="This ended while you were looking at it." isNews>
          Your answer was not sent.
        </Note>
      )}
      <div className="row">
        {isOpen && <Choices isMine={isMine} onChoose={(answer) => open(answer)()} />}
        {(isOpen && isMine) || status === 'approved' ? (
          <Button
            icon={Undo2}
            busy={answering.isPending}
            onClick={() => answering.mutate({ answer: isOpen ? 'cancel' : 'revoke', comment: '' })}
          >
            {isOpen ? 'Take the request back' : 'Take the approval back'}
          </Button>
        ) : null}
      </div>
      {answering.error && !asked && <Refused error={answering.error} />}
      {asked && isOpen && (
        <AnswerSheet
          answer={asked}
          approval={approval}
          busy={answering.isPending}
          wrong={answering.error?.message}
          onClose={close}
          onSend={(comment) =>
            answering.mutate({ answer: asked, comment }, { onSuccess: () => setAsked(undefined) })
          }
        />
      )}
    </>
  )
}

function Choices({ isMine, onChoose }: { isMine: boolean; onChoose: (answer: Answer) => void }) {
  const title = isMine ? 'You asked for it: somebody else has to answer.' : undefined
  return (
    <>
      <Button
        look="primary"
        icon={Check}
        disabled={isMine}
        title={title}
        onClick={() => onChoose('approve')}
      >
        Approve …
      </Button>
      <Button
        look="danger"
        icon={X}
        disabled={isMine}
        title={title}
        onClick={() => onChoose('deny')}
      >
        Deny …
      </Button>
    </>
  )
}

function Refused({ error }: { error: Error }) {
  return (
    <Note tone="red" title="This was refused." isNews>
      {error.message}
    </Note>
  )
}

/** Sends an answer, bound to the hash of what is on the screen; whatever comes of it is read anew. */
function useAnswer({ id, request_hash: hash }: ApprovalView) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ answer, comment }: { answer: Answer | 'cancel' | 'revoke'; comment: string }) =>
      answer === 'cancel' || answer === 'revoke'
        ? countersign.approvals[answer](id)
        : countersign.approvals.decide(id, { verdict: answer, comment, expected_hash: hash }),
    onSuccess: (approval) => client.setQueryData(['approval', id], approval),
    onError: (error) => {
      if (error instanceof CountersignError && error.status === 409)
        void client.invalidateQueries({ queryKey: ['approval', id] })
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['approvals'] }),
  })
}
