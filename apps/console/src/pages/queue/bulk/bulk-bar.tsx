import type { SubmissionView } from '@countersign/sdk'
import { X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { claiming, type Decision, decisions } from '../../../decide/decisions.ts'
import { Button } from '../../../kit/button.tsx'
import { plural } from '../../../wording/numbers.ts'
import type { Selection } from '../use-selection.ts'
import { whyNotForMany } from './why-not-for-many.ts'

/** What may be done to many at once. */
const forMany = [
  claiming,
  ...decisions.filter(({ key }) => ['approve', 'retry', 'reject', 'rescan'].includes(key)),
]

/** What can be done with what is selected. */
export function BulkBar(props: { rows: readonly SubmissionView[]; selection: Selection }) {
  const { rows, selection } = props
  const [open, setOpen] = useState<Decision>()
  const selected = rows.filter(({ id }) => selection.ids.has(id))
  if (selected.length === 0 && !open) return null
  return (
    <section className="bulk-bar" aria-label="What is selected">
      <strong>{plural(selected.length, 'submission')} selected</strong>
      {forMany.map((decision) => {
        const whyNot = whyNotForMany(decision, selected)
        return (
          <Button
            key={decision.key}
            size="s"
            look={decision.look}
            disabled={whyNot !== undefined}
            title={whyNot}
            onClick={() => setOpen(decision)}
          >
            {decision.label}
          </Button>
        )
      })}
      <Button size="s" look="quiet" icon={X} onClick={() => selection.keep([])}>
        Select none
      </Button>
      {open && (
        <Suspense>
          <BulkDialog
            decision={open}
            submissions={selected}
            onClose={(failed) => {
              setOpen(undefined)
              if (failed) selection.keep(failed)
            }}
          />
        </Suspense>
      )}
    </section>
  )
}

const BulkDialog = lazy(async () => {
  const { BulkDialog: component } = await import('./bulk-dialog.tsx')
  return { default: component }
})
