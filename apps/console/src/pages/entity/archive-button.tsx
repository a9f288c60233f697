import { CountersignError, type EntityView } from '@countersign/sdk'
import { useMutation } from '@tanstack/react-query'
import { Archive } from 'lucide-react'
import { useState } from 'react'
import { Note } from '../../components/note.tsx'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { toast } from '../../kit/toasts.tsx'
import { countersign } from '../../session/client.ts'

/** Takes an entity out of service for good, after saying what that means. */
export function ArchiveButton(props: { entity: EntityView; onArchived: () => void }) {
  const { entity, onArchived } = props
  const [isOpen, setOpen] = useState(false)
  const archiving = useMutation({
    mutationFn: () => countersign.store.archive(entity.id),
    onSuccess: () => {
      setOpen(false)
      toast(`${entity.name} is archived.`)
      onArchived()
    },
  })
  return (
    <>
      <Button look="danger" icon={Archive} onClick={() => setOpen(true)}>
        Archive
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setOpen(false)}
        busy={archiving.isPending}
        title={`Archive ${entity.name}`}
        description="Whoever installed it loses it at the next update. Its name becomes free. Versions and verdicts stay on record. There is no way back but to send it again."
      >
        {archiving.error && <Note tone="red" title={explain(archiving.error)} isNews />}
        <footer className="dialog-foot">
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button
            look="danger-strong"
            busy={archiving.isPending}
            onClick={() => archiving.mutate()}
          >
            Archive it
          </Button>
        </footer>
      </Dialog>
    </>
  )
}

function explain(error: Error): string {
  return error instanceof CountersignError && error.code === 'quarantined_owner_cannot_delete'
    ? 'It was flagged, and only an admin may archive it.'
    : error.message
}
