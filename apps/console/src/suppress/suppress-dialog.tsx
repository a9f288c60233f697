import type {
  FindingView,
  SubmissionView,
  SuppressionBody,
  SuppressionView,
} from '@countersign/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { InertText } from '../components/inert-text.tsx'
import { Note } from '../components/note.tsx'
import { useHotkeys } from '../hotkeys/use-hotkeys.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Select, TextArea } from '../kit/field.tsx'
import { toast } from '../kit/toasts.tsx'
import { countersign } from '../session/client.ts'

const reasonMin = 4
const spans = [7, 30, 90, 180, 365].map((days) => [String(days), `${days} days`] as const)
type Scope = 'finding' | 'file'

/** Asks on what grounds, how widely and for how long a rule is to be taken as wrong. */
export function SuppressDialog(props: {
  finding: FindingView
  /** The bytes that it was found in; without them it is the finding that is suppressed. */
  fileSha256: string | undefined
  submission: SubmissionView
  onClose: () => void
}) {
  const { finding, fileSha256, submission, onClose } = props
  const [scope, setScope] = useState<Scope>('finding')
  const [days, setDays] = useState('90')
  const [reason, setReason] = useState('')
  const suppressing = useSuppressing(submission.name, onClose)
  const isReady = reason.trim().length >= reasonMin
  const commit = () =>
    isReady &&
    !suppressing.isPending &&
    suppressing.mutate({
      entity_id: submission.entity_id,
      rule_id: finding.rule_id,
      ...(scope === 'file' ? { file_sha256: fileSha256 } : { fingerprint: finding.fingerprint }),
      reason: reason.trim(),
      expires_in_days: Number(days),
    })
  useHotkeys('Suppress', [{ keys: 'Ctrl+Enter', does: 'Suppress it', run: commit }])
  return (
    <Dialog
      open
      onClose={onClose}
      busy={suppressing.isPending}
      title={`Suppress ${finding.rule_id} in ${submission.name}`}
      description="The rule is taken to be wrong about this one thing here. It stays listed, marked, and stops nothing."
    >
      <p>
        “<InertText text={finding.message} />”
      </p>
      <Select
        label="What is suppressed"
        value={scope}
        options={scopesOf(finding, fileSha256)}
        onChange={({ target }) => setScope(target.value as Scope)}
      />
      <Select
        label="For how long"
        value={days}
        options={spans}
        onChange={({ target }) => setDays(target.value)}
      />
      <TextArea
        label="Reason"
        hint={`At least ${reasonMin} characters. It is kept in the audit.`}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <p className="small quiet">
        It holds from the next inspection on. The verdict stays what it is: rescan the version to
        have it reached anew.
      </p>
      {suppressing.error && <Note tone="red" title={suppressing.error.message} isNews />}
      <footer className="dialog-foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="danger-strong"
          disabled={!isReady}
          busy={suppressing.isPending}
          onClick={commit}
        >
          Suppress it
          <kbd aria-hidden>Ctrl ↵</kbd>
        </Button>
      </footer>
    </Dialog>
  )
}

function scopesOf({ rule_id: rule, file }: FindingView, fileSha256: string | undefined) {
  const one = ['finding', 'This finding, wherever it stands'] as const
  if (!fileSha256) return [one]
  return [one, ['file', `Whatever ${rule} finds in ${file}, as long as its bytes stay`] as const]
}

/** Suppresses, and offers to end it again at once. */
function useSuppressing(name: string, onDone: () => void) {
  const client = useQueryClient()
  const reload = () => client.invalidateQueries({ queryKey: ['suppressions'] })
  const end = async ({ id }: SuppressionView) => {
    await countersign.suppressions.end(id)
    toast('It is suppressed no longer.')
    await reload()
  }
  return useMutation({
    mutationFn: (body: SuppressionBody) => countersign.suppressions.create(body),
    onSuccess: async (made) => {
      toast(`${made.rule_id} is suppressed in ${name}.`, { undo: () => void end(made) })
      onDone()
      await reload()
    },
  })
}
