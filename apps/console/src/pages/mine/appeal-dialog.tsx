import type { SubmissionView } from '@countersign/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Note } from '../../components/note.tsx'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { TextArea } from '../../kit/field.tsx'
import { toast } from '../../kit/toasts.tsx'
import { countersign } from '../../session/client.ts'

/** Says why a refusal is wrong, in the thread of the submission; admins find it among the appeals. */
export function AppealDialog(props: { submission: SubmissionView; onClose: () => void }) {
  const { submission, onClose } = props
  const [text, setText] = useState('')
  const client = useQueryClient()
  const asking = useMutation({
    mutationFn: () => countersign.store.comment(submission.id, { text }),
    onSuccess: async () => {
      toast('The admins were asked for another look.')
      await client.invalidateQueries({ queryKey: ['mine'] })
      onClose()
    },
  })
  const isReady = text.trim() !== ''
  return (
    <Dialog
      open
      onClose={onClose}
      busy={asking.isPending}
      title={`Ask for another look: ${submission.name} v${submission.version_no}`}
      description="Until an admin answers or decides, it stands among what they are asked about. What you can fix, you had better fix and send again."
    >
      <TextArea
        label="Why the refusal is wrong"
        value={text}
        maxLength={4000}
        onChange={({ target }) => setText(target.value)}
      />
      {asking.error && <Note tone="red" title={asking.error.message} isNews />}
      <footer className="dialog-foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={!isReady}
          busy={asking.isPending}
          onClick={() => asking.mutate()}
        >
          Ask
        </Button>
      </footer>
    </Dialog>
  )
}
