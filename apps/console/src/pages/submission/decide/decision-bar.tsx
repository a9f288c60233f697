import { useState } from 'react'
import { type Decision, decisionsFor } from '../../../decide/decisions.ts'
import { useHotkeys } from '../../../hotkeys/use-hotkeys.ts'
import { Button } from '../../../kit/button.tsx'
import { useIsPhone } from '../../../kit/use-media.ts'
import { useMe } from '../../../session/session.ts'
import type { Opened } from '../submission-queries.ts'
import { DecisionDialog } from './decision-dialog.tsx'
import { TurboSwitch, useNext } from './turbo.tsx'

/** What one can do about the submission. Nothing, while it is not what one has seen. */
export function DecisionBar(props: {
  opened: Opened
  isStale: boolean
  onDecided: () => void
  onRefused: () => void
}) {
  const { opened, isStale, onDecided, onRefused } = props
  const { submission } = opened
  const { isAdmin, id } = useMe()
  const [open, setOpen] = useState<Decision>()
  const goToNext = useNext(submission)
  const isPhone = useIsPhone()
  const possible = decisionsFor(submission, { id, isAdmin })
  const allowed = possible.filter(({ whyNotOnPhone }) => !isPhone || !whyNotOnPhone)
  const leftOut = possible.filter((decision) => !allowed.includes(decision))
  const barOf = (decision: Decision) => {
    if (isStale) return 'It changed. Reload it first.'
    const isOwn = submission.submitter.id === id
    return isOwn && decision.isBarredToSubmitter ? 'You submitted it yourself.' : undefined
  }
  useHotkeys(
    'Decide',
    allowed.map((decision) => ({
      keys: decision.hotkey,
      does: decision.label,
      run: () => barOf(decision) === undefined && setOpen(decision),
    })),
  )
  if (possible.length === 0) return null
  return (
    <section className="decision-bar" aria-label="Decide">
      {allowed.map((decision) => (
        <DecisionButton
          key={decision.key}
          decision={decision}
          bar={barOf(decision)}
          onOpen={() => setOpen(decision)}
        />
      ))}
      {allowed.some((decision) => barOf(decision) === 'You submitted it yourself.') && (
        <span className="quiet">You submitted it: somebody else approves or rejects it.</span>
      )}
      {leftOut.map(({ key, whyNotOnPhone }) => (
        <span key={key} className="small quiet">
          {whyNotOnPhone}
        </span>
      ))}
      {isAdmin && <TurboSwitch />}
      {open && (
        <DecisionDialog
          decision={open}
          submission={submission}
          entity={opened.entity}
          onClose={() => setOpen(undefined)}
          onDecided={() => {
            setOpen(undefined)
            onDecided()
            void goToNext()
          }}
          onRefused={() => {
            setOpen(undefined)
            onRefused()
          }}
        />
      )}
    </section>
  )
}

/** Leads to a decision; or says in its title what bars it. */
function DecisionButton(props: {
  decision: Decision
  bar: string | undefined
  onOpen: () => void
}) {
  const { decision, bar, onOpen } = props
  return (
    <Button
      look={decision.look}
      disabled={bar !== undefined}
      title={bar}
      aria-keyshortcuts={decision.hotkey}
      onClick={onOpen}
    >
      {decision.label}
      <kbd aria-hidden>{decision.hotkey}</kbd>
    </Button>
  )
}
