import type { FindingView } from '@countersign/sdk'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { Mark } from '../components/mark.tsx'
import { useHotkeys } from '../hotkeys/use-hotkeys.ts'
import { Button } from '../kit/button.tsx'
import { CopyButton } from '../kit/copy-button.tsx'
import type { Place } from '../pages/submission/facts/comment-form.tsx'
import type { Opened } from '../pages/submission/submission-queries.ts'
import { useMe } from '../session/session.ts'
import { SuppressDialog } from './suppress-dialog.tsx'
import { findCover, suppressionsQuery } from './suppressions.ts'

interface Actions {
  comment: (finding: FindingView) => void
  /** Where it stands, for somebody else to open. */
  linkTo: (finding: FindingView) => string

  /** Whether an admin may say that the rule is wrong about it. */
  canSuppress: (finding: FindingView) => boolean
  isCovered: (finding: FindingView) => boolean
  suppress: (finding: FindingView) => void
}

const FindingActionsContext = createContext<Actions | undefined>(undefined)

/**
 * Lets people comment on what was found in a submission, and admins suppress it, wherever a finding is
 * shown within. `here` is the finding that the key speaks of.
 */
export function ActingOnFindings(props: {
  opened: Opened
  here: FindingView | undefined
  onComment: (place: Place) => void
  children: ReactNode
}) {
  const { opened, here, onComment, children } = props
  const { submission, files } = opened
  const { isAdmin } = useMe()
  const { data } = useQuery({ ...suppressionsQuery(submission.entity_id), enabled: isAdmin })
  const [chosen, setChosen] = useState<FindingView>()
  const router = useRouter()
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
      comment: (finding: FindingView) => onComment(placeOf(finding)),
      linkTo: (finding: FindingView) => {
        const params = { id: submission.id }
        const search = { ...placeOf(finding), mode: 'file' as const }
        const there = router.buildLocation({ to: '/submissions/$id', params, search })
        return new URL(there.publicHref, location.origin).href
      },
    }
  }, [submission, files, data, isAdmin, onComment, router])
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

function placeOf({ file, line }: FindingView): Place {
  return { ...(file !== null && { file }), ...(file !== null && line !== null && { line }) }
}

/** What can be done about a finding, wherever it is shown: suppress it, comment on it, point at it. */
export function FindingActions({ finding }: { finding: FindingView }) {
  const actions = useContext(FindingActionsContext)
  if (!actions && finding.suppressed_by === null) return null
  return (
    <div className="row finding-actions">
      <Suppression finding={finding} actions={actions} />
      {actions && (
        <>
          <Button size="s" look="quiet" onClick={() => actions.comment(finding)}>
            Comment<span className="unseen"> on {finding.rule_id}</span>
          </Button>
          <CopyButton text={actions.linkTo(finding)} label="Copy a link to it" />
        </>
      )}
    </div>
  )
}

/** Whether a finding is suppressed, and the way to suppress it, for those who may. */
function Suppression({ finding, actions }: { finding: FindingView; actions: Actions | undefined }) {
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
