import { CountersignError, type EntityView } from '@countersign/sdk'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Note } from '../../components/note.tsx'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { toast } from '../../kit/toasts.tsx'
import { countersign } from '../../session/client.ts'
import { describeReach } from '../../wording/describe-reach.ts'
import { isInFlight } from './entity-queries.ts'

/** Offers an old version again, after saying what installers will get once it has passed. */
export function RestoreButton(props: { entity: EntityView; n: number; onRestored: () => void }) {
  const { entity, n, onRestored } = props
  const [isOpen, setOpen] = useState(false)
  const restoring = useMutation({
    mutationFn: () => countersign.store.restore(entity.id, n),
    onSuccess: (restored) => {
      setOpen(false)
      onRestored()
      const to = restored.submission?.version_no
      toast(`v${n} comes back as v${to}. It is live once its review is over.`)
    },
  })
  const isOff = isInFlight(entity)
  const next = Math.max(...(entity.versions ?? []).map((version) => version.n)) + 1
  return (
    <>
      <Button
        size="s"
        disabled={isOff}
        title={isOff ? 'Review in flight' : undefined}
        onClick={() => setOpen(true)}
      >
        Restore v{n}
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setOpen(false)}
        busy={restoring.isPending}
        title={`Restore v${n} of ${entity.name}`}
        description={`Version ${n} is offered again as version ${next}, and goes through review first. ${describeReach(entity, next)}.`}
      >
        {restoring.error && <Note tone="red" title={explain(restoring.error)} isNews />}
        <footer className="dialog-foot">
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button look="primary" busy={restoring.isPending} onClick={() => restoring.mutate()}>
            Restore it
          </Button>
        </footer>
      </Dialog>
    </>
  )
}

function explain(error: Error): string {
  return error instanceof CountersignError && error.code === 'prior_version_pending'
    ? 'Another version is being reviewed. Wait for its end, or withdraw it.'
    : error.message
}
