import type { FindingView } from '@countersign/sdk'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { Mark } from '../components/mark.tsx'
import { useHotkeys } from '../hotkeys/use-hotkeys.ts'
import { Button } from '../kit/button.tsx'
import type { Opened } from '../pages/submission/submission-queries.ts'
import { useMe } from '../session/session.ts'
import { SuppressDialog } from './suppress-dialog.tsx'
import { findCover, suppressionsQuery } from './suppressions.ts'

interface Actions {
  /** Whether an admin may say that the rule is wrong about it. */
  canSuppress: (finding: FindingView) => boolean
  isCovered: (finding: FindingView) => boolean
  suppress: (finding: FindingView) => void
}

const FindingActionsContext = createContext<Actions | undefined>(undefined)

/**
 * Lets admins suppress what the static checks found in a submission, wherever a finding is shown
 * within. `here` is the finding that the key speaks of.
 */
export function SuppressingFindings(props: {
  opened: Opened
  here: FindingView | undefined
  children: ReactNode
}) {
  const { opened, here, children } = props
  const { submission, files } = opened
  const { isAdmin } = useMe()
  const { data } = useQuery({ ...suppressionsQuery(submission.entity_id), enabled: isAdmin })
  const [chosen, setChosen] = useState<FindingView>()
  const actions = useMemo(() => {
    const hashes = new Map(files.map(({ path, sha256 }) => [path, sha256]))
    const hashOf = ({ file }: FindingView) => hashes.get(file ?? '')
    const open = new Set(submission.checks.static_security.findings)
    const isCovered = (finding: FindingView) =>
      findCover(finding, hashOf(finding), data?.items ?? []) !== undefined
    return {
      hashOf,
      isCovered,
      canSuppress: (finding: FindingView) =>
        isAdmin && open.has(finding) && finding.suppressed_by === null && !isCovered(finding),
      suppress: setChosen,
    }
  }, [submission, files, data, isAdmin])
  const suppressHere = () => here && actions.canSuppress(here) && setChosen(here)
  useHotkeys(
    'Findings',
    isAdmin ? [{ keys: 's', does: 'Suppress this finding', run: suppressHere }] : [],
  )
  return (
    <FindingActionsContext value={actions}>
      {children}
      {chosen && (
        <SuppressDialog
          finding={chosen}
          fileSha256={actions.hashOf(chosen)}
          submission={submission}
          onClose={() => setChosen(undefined)}
        />
      )}
    </FindingActionsContext>
  )
}

/** Whether a finding is suppressed, and the way to suppress it, for those who may. */
export function FindingActions({ finding }: { finding: FindingView }) {
  const actions = useContext(FindingActionsContext)
  if (finding.suppressed_by !== null) return <Mark tone="gray">Suppressed: stops nothing</Mark>
  if (actions?.isCovered(finding)) {
    return <Mark tone="gray">Suppressed from the next inspection on</Mark>
  }
  if (!actions?.canSuppress(finding)) return null
  return (
    <Button size="s" onClick={() => actions.suppress(finding)}>
      Suppress …<span className="unseen"> {finding.rule_id}</span>
    </Button>
  )
}
